package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Answers op 31, Request Soundboard Sounds, and op 43, Request Channel Info. On the event loop. */
final class GuildRequests {

    private static final List<String> CHANNEL_FIELDS = List.of("status", "voice_start_time");

    private final Gateway gateway;

    GuildRequests(Gateway gateway) {
        this.gateway = gateway;
    }

    /** See [Discord Docs/Gateway Events/Request Soundboard Sounds]. */
    void soundboardSounds(GatewaySession session, JsonNode request) {
        request.path("guild_ids").forEach(id -> send(session, "SOUNDBOARD_SOUNDS", id.asText(), List.of()));
    }

    /** See [Discord Docs/Gateway Events/Request Channel Info]. */
    void channelInfo(GatewaySession session, JsonNode request) {
        List<String> unwanted = CHANNEL_FIELDS.stream()
                .filter(field -> !contains(request.path("fields"), field))
                .toList();
        send(session, "CHANNEL_INFO", request.path("guild_id").asText(), unwanted);
    }

    private void send(GatewaySession session, String type, String guildId, List<String> unwantedOfChannels) {
        gateway.guilds().ofShard(session.shard(), session.shards()).stream()
                .filter(guild -> guild.idText().equals(guildId))
                .flatMap(guild -> new GuildDocuments(guild, new Bot(session.botId())).event(type).stream())
                .forEach(data -> {
                    data.path("channels").forEach(channel -> ((ObjectNode) channel).remove(unwantedOfChannels));
                    session.dispatch(type, data);
                });
    }

    private static boolean contains(JsonNode list, String value) {
        for (JsonNode element : list) {
            if (element.asText().equals(value)) {
                return true;
            }
        }
        return false;
    }
}
