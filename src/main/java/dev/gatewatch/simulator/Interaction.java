package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The data of an INTERACTION_CREATE: somebody uses a slash command.
 *
 * <p>See [Discord Docs/Interactions/Receiving and Responding: Interaction Object].
 */
final class Interaction {

    private static final int APPLICATION_COMMAND = 2;
    private static final int CHAT_INPUT = 1;
    private static final int IN_A_GUILD = 0;
    private static final int IN_A_DM = 1;
    private static final int ATTACHMENT_SIZE_LIMIT = 10 << 20;

    private Interaction() {}

    static ObjectNode of(
            InteractionRequest request,
            String id,
            String token,
            long application,
            Guild guild,
            @Nullable JsonNode registered) {
        GuildDocuments documents = new GuildDocuments(guild, new Bot(application));
        ObjectNode interaction = Json.object().put("id", id).put("type", APPLICATION_COMMAND);
        interaction
                .put("application_id", Long.toString(application))
                .put("version", 1)
                .put("token", token);
        interaction.put("locale", "en-US").put("app_permissions", request.appPermissions());
        interaction.putArray("entitlements");
        interaction.put("attachment_size_limit", ATTACHMENT_SIZE_LIMIT);
        ObjectNode owners = interaction.putObject("authorizing_integration_owners");
        interaction.set("data", data(request, id, documents, registered));
        ObjectNode user = Members.user(userId(request.user()), request.user());
        if (request.dm()) {
            owners.put("0", "0");
            interaction.put("context", IN_A_DM).set("user", user);
            interaction.put("channel_id", user.path("id").asText()).set("channel", DirectMessages.channel(user));
        } else {
            owners.put("0", guild.idText());
            interaction.put("context", IN_A_GUILD).put("guild_id", guild.idText());
            interaction.put("guild_locale", "en-US").set("guild", documents.object("partial.guild"));
            interaction
                    .put("channel_id", guild.generalChannelId())
                    .set(
                            "channel",
                            documents
                                    .object("channel.text")
                                    .put("permissions", request.permissions())
                                    .put("app_permissions", request.appPermissions()));
            interaction.set("member", documents.members().member(user).put("permissions", request.permissions()));
        }
        return interaction;
    }

    /** The id of the user with this name. */
    static String userId(String name) {
        long hash =
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).getMostSignificantBits();
        return Long.toString(1_000_000_000_000_000_000L + Math.floorMod(hash, 100_000_000_000_000_000L));
    }

    private static ObjectNode data(
            InteractionRequest request, String id, GuildDocuments documents, @Nullable JsonNode registered) {
        ObjectNode data = Json.object().put("name", request.command()).put("type", CHAT_INPUT);
        data.put("id", registered == null ? id : registered.path("id").asText());
        JsonNode options = request.typedOptions(registered);
        data.set("options", options);
        ObjectNode resolved = new Resolved(documents, request).of(options);
        if (!resolved.isEmpty()) {
            data.set("resolved", resolved);
        }
        if (registered != null && registered.has("guild_id")) {
            data.set("guild_id", registered.get("guild_id"));
        }
        return data;
    }
}
