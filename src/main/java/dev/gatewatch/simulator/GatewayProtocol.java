package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Discord's side of the conversation on one connection: what each opcode gets for an answer.
 *
 * <p>See [Discord Docs/Opcodes and Status Codes/Gateway Opcodes].
 */
final class GatewayProtocol {

    private static final int MAX_PAYLOAD = 4096;

    private final Gateway gateway;
    private final GatewayConnection connection;
    private final Login login;
    private final SlidingWindow sendLimit = new SlidingWindow(120, Duration.ofMinutes(1));
    private final List<Runnable> early = new ArrayList<>();
    private boolean greeted;
    private final HeartbeatWatch heartbeats;
    private @Nullable ScheduledFuture<?> watch;

    GatewayProtocol(Gateway gateway, GatewayConnection connection) {
        this.gateway = gateway;
        this.connection = connection;
        this.login = new Login(gateway, connection);
        heartbeats = new HeartbeatWatch(gateway.options().heartbeatInterval(), System.currentTimeMillis());
    }

    void hello() {
        if (connection.closing() || !connection.channel().isActive()) {
            return; // gone while HELLO was being delayed
        }
        long interval = gateway.options().heartbeatInterval().toMillis();
        heartbeats.heard(System.currentTimeMillis());
        if (!connection.send(Payload.of(Opcode.HELLO, Json.object().put("heartbeat_interval", interval)))) {
            return; // a client that never got HELLO owes no heartbeat
        }
        greeted = true;
        watch = gateway.loop()
                .scheduleWithFixedDelay(
                        this::checkHeartbeat, interval, Math.max(1, interval / 2), TimeUnit.MILLISECONDS);
        early.stream().takeWhile(login -> !connection.closing()).forEach(Runnable::run);
        early.clear();
    }

    /** Asks the client for a heartbeat at once. */
    void requestHeartbeat() {
        connection.send(Payload.of(Opcode.HEARTBEAT));
    }

    void received(byte[] bytes) {
        if (!sendLimit.accepts(System.currentTimeMillis())) {
            refuse("send-rate", "more than 120 payloads in 60 s", "Gateway/Rate Limiting", 4008, "Rate limited.");
            return;
        }
        if (bytes.length > MAX_PAYLOAD) {
            tooLong();
            return;
        }
        JsonNode payload;
        try {
            payload = Json.parse(bytes);
        } catch (IOException e) {
            undecodable("the payload is not JSON");
            return;
        }
        if (!payload.isObject() || !payload.path("op").isInt()) {
            undecodable("the payload has no numeric op");
            return;
        }
        handle(payload.path("op").intValue(), payload.path("d"));
    }

    void tooLong() {
        undecodable("a payload of more than 4096 bytes");
    }

    /** What this client is told about where and how often it may connect. */
    Terms terms() {
        return gateway.faults().terms(Terms.of(gateway, connection.upgrade()));
    }

    /** Books an IDENTIFY, whatever comes of it, and notes when it was one that must not be. */
    IdentifyLedger.Verdict bookIdentify() {
        Terms terms = terms();
        Integer shard = connection.shard();
        IdentifyLedger.Verdict verdict =
                gateway.ledger().spend(shard == null ? 0 : shard, terms.maxConcurrency(), System.currentTimeMillis());
        if (terms.remaining() == 0) {
            verdict = IdentifyLedger.Verdict.BUDGET_EXCEEDED;
        }
        switch (verdict) {
            case TOO_SOON ->
                connection.violate(
                        "identify-rate",
                        "too soon after another IDENTIFY of its bucket",
                        "Gateway/Sharding: Max Concurrency");
            case BUDGET_EXCEEDED ->
                connection.violate(
                        "identify-budget",
                        "IDENTIFY with none remaining",
                        "Gateway/Rate Limiting: Session Start Limit");
            case ACCEPTED -> {}
        }
        return verdict;
    }

    void stop() {
        if (watch != null) {
            watch.cancel(false);
        }
    }

    /** Sends op 9 after a time, unless the connection has ended or has got a session by then. */
    void invalidSessionAfter(Duration delay, String why) {
        gateway.loop()
                .schedule(
                        () -> {
                            if (!connection.closing()
                                    && connection.channel().isActive()
                                    && connection.session() == null) {
                                Login.invalidSession(connection, false, why);
                            }
                        },
                        delay.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void handle(int op, JsonNode data) {
        switch (op) {
            case Opcode.HEARTBEAT -> heartbeat(data);
            case Opcode.IDENTIFY, Opcode.RESUME -> {
                if (greeted) {
                    login(op, data);
                } else {
                    early.add(() -> login(op, data)); // nobody is logged in before HELLO
                }
            }
            case Opcode.PRESENCE_UPDATE,
                    Opcode.VOICE_STATE_UPDATE,
                    Opcode.REQUEST_GUILD_MEMBERS,
                    Opcode.REQUEST_SOUNDBOARD_SOUNDS,
                    Opcode.REQUEST_CHANNEL_INFO -> request(op, data);
            default ->
                refuse(
                        "unknown-opcode",
                        "op " + op,
                        "Opcodes and Status Codes/Gateway Opcodes",
                        4001,
                        "Unknown opcode.");
        }
    }

    private void login(int op, JsonNode data) {
        if (connection.session() != null) {
            refuse(
                    "already-authenticated",
                    "op " + op + " after READY",
                    "Gateway/Identifying",
                    4005,
                    "Already authenticated.");
        } else if (!gateway.faults().answersLogin(connection, op)) {
            login.handle(op, data);
        }
    }

    private void heartbeat(JsonNode seen) {
        GatewaySession session = connection.session();
        if (!seen.isNull() && !seen.isMissingNode() && !seen.isInt()) {
            undecodable("the heartbeat's d is neither a sequence nor null");
            return;
        }
        if (session != null && seen.isInt()) {
            session.acknowledge(seen.intValue());
        }
        heartbeats.heard(System.currentTimeMillis());
        connection.send(Payload.of(Opcode.HEARTBEAT_ACK));
    }

    /** What only a session may ask for. */
    private void request(int op, JsonNode data) {
        GatewaySession session = connection.session();
        if (session == null) {
            refuse(
                    "not-authenticated",
                    "op " + op + " before IDENTIFY",
                    "Gateway/Identifying",
                    4003,
                    "Not authenticated.");
            return;
        }
        switch (op) {
            case Opcode.REQUEST_GUILD_MEMBERS -> gateway.memberRequests().answer(connection, session, data);
            case Opcode.REQUEST_SOUNDBOARD_SOUNDS -> new GuildRequests(gateway).soundboardSounds(session, data);
            case Opcode.REQUEST_CHANNEL_INFO -> new GuildRequests(gateway).channelInfo(session, data);
            default -> {} // of presence and voice, nobody is told
        }
    }

    private void undecodable(String detail) {
        refuse("payload", detail, "Gateway/Sending Events", 4002, "Error while decoding payload.");
    }

    private void refuse(String rule, String detail, String source, int code, String reason) {
        connection.violate(rule, detail, source);
        connection.close(code, reason);
    }

    private void checkHeartbeat() {
        long now = System.currentTimeMillis();
        if (!heartbeats.isOver(now) || connection.closing() || connection.wire().holding()) {
            return; // in a black hole its heartbeats may well be under way
        }
        GatewaySession session = connection.session();
        if (session != null) {
            gateway.sessions().end(session, "no heartbeat");
        }
        refuse(
                "heartbeat",
                "no heartbeat for " + heartbeats.silence(now) + " ms",
                "Gateway/Sending Heartbeats",
                4009,
                "Session timed out.");
    }
}
