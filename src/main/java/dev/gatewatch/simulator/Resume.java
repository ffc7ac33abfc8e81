package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers a RESUME: the missed events and RESUMED, or op 9.
 *
 * <p>See [Discord Docs/Gateway/Resuming].
 */
final class Resume {

    private final Gateway gateway;
    private final GatewayConnection connection;

    Resume(Gateway gateway, GatewayConnection connection) {
        this.gateway = gateway;
        this.connection = connection;
    }

    void handle(JsonNode data) {
        int seen = data.path("seq").asInt(-1);
        String token = Tokens.bare(data.path("token").asText(""));
        GatewaySession session = gateway.sessions().find(data.path("session_id").asText(""));
        if (session != null) {
            connection.shard(session.shard());
        }
        connection.note(
                "resume", Map.of("seq", seen, "session", data.path("session_id").asText("")));
        if (!gateway.tokens().accepts(token)) {
            connection.close(4004, "Authentication failed.");
            return;
        }
        String refusal = refusal(session, token);
        if (session == null || refusal != null) {
            refuse(String.valueOf(refusal));
            return;
        }
        if (seen < 0 || seen > session.sequence()) {
            connection.violate(
                    "resume-sequence",
                    "seq " + seen + ", the session is at " + session.sequence(),
                    "Opcodes and Status Codes/Gateway Close Event Codes");
            gateway.sessions().end(session, "resumed with a sequence that is ahead");
            connection.close(4007, "Invalid seq.");
            return;
        }
        List<Payload> missed = session.missedSince(seen);
        if (missed == null) {
            gateway.sessions().end(session, "more was missed than is kept");
            refuse("more was missed than is kept");
            return;
        }
        resumed(session, seen, missed);
    }

    private static @Nullable String refusal(@Nullable GatewaySession session, String token) {
        if (session == null) {
            return "unknown session";
        }
        return session.tokenFingerprint().equals(Tokens.fingerprint(token)) ? null : "another bot's session";
    }

    private void refuse(String why) {
        gateway.counters().resumesRefused++;
        Login.invalidSession(connection, false, why);
    }

    private void resumed(GatewaySession session, int seen, List<Payload> missed) {
        GatewayConnection before = session.connection();
        if (before != null && gateway.rules().handshake().resumeReplacesConnection()) {
            before.replaced();
        }
        session.acknowledge(seen);
        connection.join(session);
        connection.note("replay", Map.of("seq", seen, "events", missed.size()));
        missed.forEach(connection::send);
        gateway.counters().resumes++;
        session.resumed(connection);
    }
}
