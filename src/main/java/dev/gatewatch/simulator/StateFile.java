package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps identifies spent, reset tokens and live sessions in {@code simulator.json}, so that they outlast a restart.
 *
 * <p>Written once a second when something changed, and at the end; whole or not at all. It holds no token.
 */
final class StateFile {

    private static final int EVENTS_KEPT = 1_000;

    private final Gateway gateway;
    private final @Nullable Path file;
    private final @Nullable StateLock lock;
    private byte[] written = {};

    StateFile(Gateway gateway) {
        Path dir = gateway.options().dataDir();
        this.gateway = gateway;
        this.file = dir == null ? null : dir.resolve("simulator.json");
        this.lock = dir == null ? null : new StateLock(dir);
    }

    /**
     * Takes over what an earlier run left; an unreadable file is an error, not a fresh start.
     *
     * @throws StateInUseException when another simulator keeps its state there
     */
    void load() {
        if (lock != null) {
            lock.take();
        }
        if (file == null || !Files.exists(file)) {
            return;
        }
        try {
            JsonNode state = Json.parse(Files.readAllBytes(file));
            JsonNode identifies = state.path("identifies");
            gateway.ledger()
                    .restore(
                            identifies.path("spent").asInt(),
                            identifies.path("resetAt").asLong());
            state.path("resetTokens").forEach(token -> gateway.tokens().resetFingerprints(List.of(token.asText())));
            state.path("sessions").forEach(session -> gateway.sessions().add(session(session)));
        } catch (IOException e) {
            String message = "the simulator cannot read its state; repair or delete " + file;
            throw new UncheckedIOException(new IOException(message, e));
        }
    }

    void saveRegularly() {
        if (file != null) {
            gateway.loop().scheduleWithFixedDelay(this::save, 1, 1, TimeUnit.SECONDS);
        }
    }

    void save() {
        if (file == null) {
            return;
        }
        byte[] bytes = Json.bytes(state());
        if (Arrays.equals(bytes, written)) {
            return;
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path draft = file.resolveSibling("simulator.json.tmp");
            Files.write(draft, bytes);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            written = bytes;
        } catch (IOException e) {
            gateway.journal().add("state-not-saved", Map.of("reason", e.toString()));
        }
    }

    /** Lets another simulator go on with the state. */
    void release() {
        if (lock != null) {
            lock.close();
        }
    }

    private ObjectNode state() {
        ObjectNode state = Json.object();
        IdentifyLedger ledger = gateway.ledger();
        state.putObject("identifies").put("spent", ledger.spentToday()).put("resetAt", ledger.resetAt());
        ArrayNode tokens = state.putArray("resetTokens");
        gateway.tokens().resetFingerprints().stream().sorted().forEach(tokens::add);
        ArrayNode sessions = state.putArray("sessions");
        gateway.sessions().alive().forEach(session -> sessions.add(json(session)));
        return state;
    }

    private static ObjectNode json(GatewaySession session) {
        ObjectNode json = Json.object().put("id", session.id()).put("token", session.tokenFingerprint());
        json.put("bot", session.botId()).put("shard", session.shard()).put("shards", session.shards());
        json.put("intents", session.intents().bits());
        json.put("sequence", session.sequence()).put("acknowledged", session.acknowledged());
        json.put("detachedAt", session.connection() == null ? session.detachedAt() : 0);
        ArrayNode events = json.putArray("events");
        int from = Math.max(session.acknowledged(), session.sequence() - EVENTS_KEPT);
        session.sentSince(from).forEach(payload -> events.add(payload.json()));
        return json;
    }

    private GatewaySession session(JsonNode json) {
        GatewaySession session = new GatewaySession(
                json.path("id").asText(),
                json.path("token").asText(),
                json.path("bot").asLong(),
                json.path("shard").asInt(),
                json.path("shards").asInt(),
                new Intents(json.path("intents").asLong(Intents.ALL.bits())),
                gateway.rules().replayLimit());
        List<Payload> events = new ArrayList<>();
        json.path("events")
                .forEach(event -> events.add(Payload.dispatch(
                        event.path("t").asText(), event.path("s").asInt(), event.path("d"))));
        long detachedAt = json.path("detachedAt").asLong();
        session.restore(
                json.path("sequence").asInt(),
                json.path("acknowledged").asInt(),
                detachedAt > 0 ? detachedAt : System.currentTimeMillis(),
                events);
        return session;
    }
}
