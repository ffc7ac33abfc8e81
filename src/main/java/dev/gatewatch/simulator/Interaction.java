package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Somebody uses a slash command.
 *
 * <p>See [Discord Docs/Interactions/Receiving and Responding: Interaction Object].
 */
final class Interaction {

    private static final int APPLICATION_COMMAND = 2;

    private Interaction() {}

    /** The data of its INTERACTION_CREATE. */
    static ObjectNode of(String command, long id, long application, Guilds.Guild guild) {
        ObjectNode interaction = Json.object().put("id", Long.toString(id)).put("type", APPLICATION_COMMAND);
        interaction.put("application_id", Long.toString(application)).put("version", 1);
        interaction.put("token", "interaction-token-" + id).put("guild_id", Long.toString(guild.id()));
        interaction
                .put("channel_id", guild.channelId())
                .put("app_permissions", "8")
                .put("context", 0);
        interaction.put("locale", "en-US").put("guild_locale", "en-US");
        interaction.putArray("entitlements");
        interaction.putObject("authorizing_integration_owners").put("0", Long.toString(guild.id()));
        interaction
                .putObject("data")
                .put("id", Long.toString(id + 1))
                .put("name", command)
                .put("type", 1)
                .putArray("options");
        interaction.set("member", member(guild));
        return interaction;
    }

    private static ObjectNode member(Guilds.Guild guild) {
        ObjectNode member = Json.object()
                .put("joined_at", "2020-01-01T00:00:00.000000+00:00")
                .put("permissions", "8");
        member.put("deaf", false)
                .put("mute", false)
                .put("pending", false)
                .put("flags", 0)
                .putArray("roles");
        ObjectNode user = member.putObject("user")
                .put("id", Long.toString(guild.id() + 1))
                .put("username", "somebody");
        user.put("discriminator", "0").put("public_flags", 0);
        List.of("avatar", "global_name").forEach(user::putNull);
        List.of("nick", "avatar", "premium_since", "communication_disabled_until")
                .forEach(member::putNull);
        return member;
    }
}
