package dev.gatewatch.simulator;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The sessions that are alive, connected or waiting to be resumed. Lives on the event loop. */
final class SessionRegistry {

    private final Map<String, GatewaySession> sessions = new LinkedHashMap<>();
    private final Rules rules;
    private final Journal journal;
    private final Random ids;

    SessionRegistry(Rules rules, Journal journal) {
        this.rules = rules;
        this.journal = journal;
        this.ids = new Random(rules.seed() ^ System.nanoTime()); // ids must differ from those of an earlier run
    }

    GatewaySession create(String token, int shard, int shards, Intents intents) {
        String id = "%016x%016x".formatted(ids.nextLong(), ids.nextLong());
        GatewaySession session = new GatewaySession(
                id, Tokens.fingerprint(token), Tokens.botId(token), shard, shards, intents, rules.replayLimit());
        sessions.put(id, session);
        return session;
    }

    void add(GatewaySession session) {
        sessions.put(session.id(), session);
    }

    @Nullable
    GatewaySession find(String id) {
        expire();
        return sessions.get(id);
    }

    /** Ends a session: a RESUME of it will be refused. */
    void end(GatewaySession session, String why) {
        if (sessions.remove(session.id()) != null) {
            int unseen = session.sequence() - session.acknowledged();
            GatewayConnection connection = session.connection();
            Map<String, Object> detail =
                    Map.of("reason", why, "sequence", session.sequence(), "unacknowledged", unseen);
            journal.add(
                    "session-ended", connection == null ? 0 : connection.id(), session.shard(), session.id(), detail);
        }
    }

    void endAll(String why) {
        List.copyOf(sessions.values()).forEach(session -> end(session, why));
    }

    Collection<GatewaySession> alive() {
        expire();
        return List.copyOf(sessions.values());
    }

    private void expire() {
        long now = System.currentTimeMillis();
        List.copyOf(sessions.values()).stream()
                .filter(session -> session.expired(now, rules.sessionTtl().toMillis()))
                .forEach(session -> end(session, "expired"));
    }
}
