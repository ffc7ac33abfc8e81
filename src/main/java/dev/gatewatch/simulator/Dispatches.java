package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Any dispatch on demand, sent to the sessions that Discord would send it to. On the event loop. */
final class Dispatches {

    private static final List<String> ABOUT_ITS_ID = List.of("GUILD_CREATE", "GUILD_UPDATE", "GUILD_DELETE");

    private final Gateway gateway;

    Dispatches(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Which events have a default body. */
    static List<String> known() {
        List<String> known = new ArrayList<>(List.of("READY", "RESUMED", "INTERACTION_CREATE"));
        known.addAll(GuildDocuments.events());
        return known;
    }

    /** Sends an event to the sessions of a shard or, when it is null, of its guild's shard; returns to how many. */
    int send(String type, JsonNode data, @Nullable Integer shard) {
        return (int) gateway.sessions().alive().stream()
                .filter(session -> shard == null ? concerns(session, type, data) : shard == session.shard())
                .filter(session -> session.dispatch(type, data))
                .count();
    }

    /**
     * Sends an event with its default body about a guild.
     *
     * @param guild its index, null for the first one that a session sees
     * @throws IllegalArgumentException when the documentation knows no such event, or there is no such guild
     */
    int sendDefault(String type, @Nullable Integer guild, @Nullable Integer shard) {
        if (!known().contains(type)) {
            throw new IllegalArgumentException("there is no default body for \"" + type
                    + "\"; give \"data\", or one of these as \"type\": " + String.join(", ", known()));
        }
        List<Guild> all = gateway.guilds().all();
        if (guild != null && guild >= all.size()) {
            throw new IllegalArgumentException("there is no guild " + guild + "; there are " + all.size());
        }
        if (type.equals("INTERACTION_CREATE")) {
            gateway.interactions().begin(InteractionRequest.ofCommand("ping", guild, shard));
            return 1;
        }
        return (int) gateway.sessions().alive().stream()
                .filter(session -> shard == null || shard == session.shard())
                .filter(session -> guildFor(session, guild)
                        .flatMap(about -> body(session, type, about))
                        .filter(data -> shard != null || concerns(session, type, data))
                        .map(data -> session.dispatch(type, data))
                        .orElse(false))
                .count();
    }

    private Optional<JsonNode> body(GatewaySession session, String type, Guild guild) {
        return switch (type) {
            case "READY" -> session.ready();
            case "RESUMED" -> Optional.of(Json.object().set("_trace", Json.array()));
            case "GUILD_CREATE" ->
                Optional.of(new GuildDocuments(guild, new Bot(session.botId()))
                        .created(session.intents(), Identify.LARGE_THRESHOLD));
            default -> new GuildDocuments(guild, new Bot(session.botId())).event(type);
        };
    }

    private Optional<Guild> guildFor(GatewaySession session, @Nullable Integer index) {
        return index == null
                ? gateway.guilds().ofShard(session.shard(), session.shards()).stream()
                        .findFirst()
                : Optional.of(gateway.guilds().all().get(index));
    }

    /** Whether a session's shard sees an event: its guild's does; shard 0 sees what belongs to no guild. */
    private static boolean concerns(GatewaySession session, String type, JsonNode data) {
        if (type.equals("READY") || type.equals("RESUMED")) {
            return true;
        }
        String guild =
                data.path(ABOUT_ITS_ID.contains(type) ? "id" : "guild_id").asText("");
        return guild.matches("[0-9]{1,19}")
                ? Guild.shardOf(Long.parseUnsignedLong(guild), session.shards()) == session.shard()
                : session.shard() == 0;
    }
}
