package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers an IDENTIFY: a new session with READY and its guilds, or a refusal.
 *
 * <p>See [Discord Docs/Gateway/Identifying].
 */
final class Identify {

    /** What IDENTIFY's field of this name is when it is left out. */
    static final int LARGE_THRESHOLD = 50;

    private final Gateway gateway;
    private final GatewayConnection connection;

    Identify(Gateway gateway, GatewayConnection connection) {
        this.gateway = gateway;
        this.connection = connection;
    }

    void handle(JsonNode data) {
        String token = Tokens.bare(data.path("token").asText(""));
        JsonNode shard = data.path("shard");
        boolean alone = shard.isMissingNode() || shard.isNull();
        int shardId = alone ? 0 : shard.size() == 2 ? shard.path(0).asInt(-1) : -1;
        int shards = alone ? 1 : shard.path(1).asInt(0);
        if (shardId >= 0) {
            connection.shard(shardId);
        }
        connection.note(
                "identify",
                Map.of("shards", shards, "intents", data.path("intents").asText("none")));
        Optional<Intents> intents = Intents.of(data.path("intents"), connection.parameters());
        String identity =
                Tokens.fingerprint(token) + shard + data.path("intents").asText();
        connection.identity(identity);
        if (gateway.fatalCloses().contains(identity)) {
            connection.violate(
                    "identify-after-fatal-close",
                    "the same IDENTIFY that was closed for good",
                    "Opcodes and Status Codes/Gateway Close Event Codes");
        }
        IdentifyLedger.Verdict verdict = connection.protocol().bookIdentify();
        if (verdict == IdentifyLedger.Verdict.BUDGET_EXCEEDED) {
            exceeded(token);
        }
        if (!gateway.tokens().accepts(token)) {
            fatal(identity, 4004, "Authentication failed.");
        } else if (shardId < 0 || shardId >= shards) {
            fatal(identity, 4010, "Invalid shard.");
        } else if (shards < gateway.rules().requiredShards()) {
            fatal(identity, 4011, "Sharding required.");
        } else if (intents.isEmpty()) {
            fatal(identity, 4013, "Invalid intent(s).");
        } else if ((intents.get().bits() & gateway.rules().disallowedIntents()) != 0) {
            fatal(identity, 4014, "Disallowed intent(s).");
        } else if (verdict == IdentifyLedger.Verdict.TOO_SOON) {
            connection
                    .protocol()
                    .invalidSessionAfter(gateway.rules().handshake().identifyRefusalDelay(), "identify rate");
        } else {
            ready(gateway.sessions().create(token, shardId, shards, intents.get()), largeThreshold(data));
        }
    }

    /** "…all active sessions for the bot will be terminated, and its token will be reset". */
    private void exceeded(String token) {
        gateway.tokens().reset(token);
        gateway.sessions().endAll("token reset");
        List.copyOf(gateway.connections()).stream()
                .filter(other -> other != connection)
                .forEach(other -> other.close(4004, "Authentication failed."));
    }

    private void fatal(String identity, int code, String reason) {
        gateway.fatalCloses().remember(identity);
        connection.close(code, reason);
    }

    private static int largeThreshold(JsonNode data) {
        return Math.max(
                LARGE_THRESHOLD, Math.min(250, data.path("large_threshold").asInt(LARGE_THRESHOLD)));
    }

    private void ready(GatewaySession session, int largeThreshold) {
        Bot bot = new Bot(session.botId());
        connection.join(session);
        session.dispatch("READY", readyData(session, bot));
        gateway.guilds()
                .ofShard(session.shard(), session.shards())
                .forEach(guild -> session.dispatch(
                        "GUILD_CREATE", new GuildDocuments(guild, bot).created(session.intents(), largeThreshold)));
    }

    /** See [Discord Docs/Gateway Events/Ready]. */
    private ObjectNode readyData(GatewaySession session, Bot bot) {
        ObjectNode ready = Json.object().put("v", connection.parameters().versionNumber());
        ready.set("user", bot.user());
        var guilds = ready.putArray("guilds");
        gateway.guilds().ofShard(session.shard(), session.shards()).forEach(guild -> guilds.add(guild.unavailable()));
        ready.put("session_id", session.id());
        ready.put("resume_gateway_url", connection.protocol().terms().resumeUrl() + ResumeUrl.path(session.shard()));
        ready.putArray("shard").add(session.shard()).add(session.shards());
        ready.putObject("application").put("id", Long.toString(bot.id())).put("flags", 0);
        List.of("private_channels", "_trace").forEach(ready::putArray); // undocumented, but libraries read them
        return ready;
    }
}
