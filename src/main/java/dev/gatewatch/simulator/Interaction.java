package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

    private Interaction() {}

    static ObjectNode of(
            InteractionRequest request,
            String id,
            String token,
            long application,
            Guild guild,
            @Nullable JsonNode registered) {
        ObjectNode interaction = Json.object().put("id", id).put("type", APPLICATION_COMMAND);
        interaction
                .put("application_id", Long.toString(application))
                .put("version", 1)
                .put("token", token);
        interaction.put("locale", "en-US").put("app_permissions", request.appPermissions());
        interaction.putArray("entitlements");
        ObjectNode owners = interaction.putObject("authorizing_integration_owners");
        ObjectNode data =
                interaction.putObject("data").put("name", request.command()).put("type", CHAT_INPUT);
        data.put("id", registered == null ? id : registered.path("id").asText());
        data.set("options", request.typedOptions(registered));
        ObjectNode user = user(request.user());
        if (request.dm()) {
            owners.put("0", "0");
            interaction
                    .put("channel_id", user.path("id").asText())
                    .put("context", IN_A_DM)
                    .set("user", user);
        } else {
            owners.put("0", Long.toString(guild.id()));
            interaction.put("guild_id", Long.toString(guild.id())).put("guild_locale", "en-US");
            interaction.put("channel_id", guild.generalChannelId()).put("context", IN_A_GUILD);
            interaction.set("member", member(user, request.permissions()));
        }
        return interaction;
    }

    /** The id of the user with this name. */
    static String userId(String name) {
        long hash =
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).getMostSignificantBits();
        return Long.toString(1_000_000_000_000_000_000L + Math.floorMod(hash, 100_000_000_000_000_000L));
    }

    private static ObjectNode user(String name) {
        ObjectNode user = Json.object().put("id", userId(name)).put("username", name);
        user.put("discriminator", "0").put("public_flags", 0);
        List.of("avatar", "global_name").forEach(user::putNull);
        return user;
    }

    private static ObjectNode member(ObjectNode user, String permissions) {
        ObjectNode member = Json.object()
                .put("joined_at", "2020-01-01T00:00:00.000000+00:00")
                .put("permissions", permissions);
        member.put("deaf", false)
                .put("mute", false)
                .put("pending", false)
                .put("flags", 0)
                .putArray("roles");
        member.set("user", user);
        List.of("nick", "avatar", "premium_since", "communication_disabled_until")
                .forEach(member::putNull);
        return member;
    }
}
