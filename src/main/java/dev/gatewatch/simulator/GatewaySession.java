package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What lives on between connections: a sequence of dispatches that a RESUME can replay.
 *
 * <p>Lives on the event loop. See [Discord Docs/Gateway/Resuming].
 */
final class GatewaySession {

    private final String id;
    private final String tokenFingerprint;
    private final long botId;
    private final int shard;
    private final int shards;
    private final Intents intents;
    private final int replayLimit;
    private final Deque<Payload> sent = new ArrayDeque<>();
    private int sequence;
    private int acknowledged;
    private final List<GatewayConnection> connections = new ArrayList<>();
    private long detachedAt;

    GatewaySession(
            String id, String tokenFingerprint, long botId, int shard, int shards, Intents intents, int replayLimit) {
        this.id = id;
        this.tokenFingerprint = tokenFingerprint;
        this.botId = botId;
        this.shard = shard;
        this.shards = shards;
        this.intents = intents;
        this.replayLimit = replayLimit;
    }

    /** Puts the session back to where an earlier run left it; {@code replay} are its newest dispatches. */
    void restore(int sequenceBefore, int acknowledgedBefore, long detachedAtBefore, List<Payload> replay) {
        sequence = sequenceBefore;
        acknowledged = acknowledgedBefore;
        detachedAt = detachedAtBefore;
        sent.addAll(replay);
    }

    /** Numbers an event, keeps it for a replay and sends it on every connection; false without the intent for it. */
    boolean dispatch(String type, JsonNode data) {
        if (!intents.allow(type, data, botId)) {
            return false;
        }
        Payload payload = keep(type, intents.visible(type, data, botId));
        List.copyOf(connections).forEach(connection -> connection.send(payload));
        return true;
    }

    /** Tells one connection that its RESUME is done. */
    void resumed(GatewayConnection connection) {
        connection.send(keep("RESUMED", Json.object().set("_trace", Json.array())));
    }

    /** The dispatches after {@code seen}, oldest first; null when some of them are no longer kept. */
    @Nullable
    List<Payload> missedSince(int seen) {
        if (sequence - seen > sent.size()) {
            return null;
        }
        return sentSince(seen).stream()
                .filter(payload -> !payload.isDispatch("RESUMED"))
                .toList();
    }

    /** The data of its READY, if that is still kept. */
    Optional<JsonNode> ready() {
        return sent.stream()
                .filter(payload -> payload.isDispatch("READY"))
                .map(Payload::data)
                .findFirst();
    }

    /** The dispatches after {@code seen} that are kept. */
    List<Payload> sentSince(int seen) {
        return sent.stream().filter(payload -> sequenceOf(payload) > seen).toList();
    }

    /** Notes how far the client says it has come: with a heartbeat or a RESUME. */
    void acknowledge(int seen) {
        acknowledged = Math.max(acknowledged, Math.min(seen, sequence));
    }

    void attach(GatewayConnection connection) {
        connections.add(connection);
    }

    void detach(GatewayConnection connection, long nowMillis) {
        if (connections.remove(connection)) {
            detachedAt = nowMillis;
        }
    }

    boolean isAttached(GatewayConnection connection) {
        return connections.contains(connection);
    }

    boolean expired(long nowMillis, long ttlMillis) {
        return connections.isEmpty() && nowMillis - detachedAt > ttlMillis;
    }

    String id() {
        return id;
    }

    String tokenFingerprint() {
        return tokenFingerprint;
    }

    long botId() {
        return botId;
    }

    int shard() {
        return shard;
    }

    int shards() {
        return shards;
    }

    Intents intents() {
        return intents;
    }

    int sequence() {
        return sequence;
    }

    int acknowledged() {
        return acknowledged;
    }

    long detachedAt() {
        return detachedAt;
    }

    /** The newest connection; null while it waits to be resumed. */
    @Nullable
    GatewayConnection connection() {
        return connections.isEmpty() ? null : connections.get(connections.size() - 1);
    }

    private Payload keep(String type, JsonNode data) {
        Payload payload = Payload.dispatch(type, ++sequence, data);
        sent.addLast(payload);
        if (sent.size() > replayLimit) {
            sent.removeFirst();
        }
        return payload;
    }

    private static int sequenceOf(Payload payload) {
        Integer number = payload.sequence();
        return number == null ? 0 : number;
    }
}
