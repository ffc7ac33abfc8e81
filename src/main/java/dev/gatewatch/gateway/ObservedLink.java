package dev.gatewatch.gateway;

import dev.gatewatch.connection.Failure;
import discord4j.discordjson.json.gateway.Dispatch;
import discord4j.discordjson.json.gateway.Hello;
import discord4j.discordjson.json.gateway.InvalidSession;
import discord4j.discordjson.json.gateway.Opcode;
import discord4j.discordjson.json.gateway.Ready;
import discord4j.discordjson.json.gateway.Resumed;
import discord4j.gateway.json.GatewayPayload;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Turns what passes over one connection into signals, and keeps the session up to date.
 *
 * <p>The first failure noticed is the one told: what follows it is its echo. Signals come from the connection's event loop
 * and from the heartbeat's thread; {@link #signals} serialises them.
 */
final class ObservedLink {

    private static final Duration EMIT_PATIENCE = Duration.ofSeconds(1);

    private final int shard;
    private final boolean tls;
    private final Pulse pulse;
    private final Traffic traffic;
    private final Sinks.Many<Wire.Signal> sink = Sinks.many().unicast().onBackpressureBuffer();
    private final AtomicBoolean ended = new AtomicBoolean();

    private volatile @Nullable String sessionId;
    private volatile @Nullable String resumeUrl;
    private volatile int sequence;
    private int dispatches; // counted and read on the event loop only

    /** A link whose connection is not encrypted. */
    ObservedLink(int shard, @Nullable Session resumed, Pulse pulse, Traffic traffic) {
        this(shard, resumed, pulse, traffic, false);
    }

    /**
     * @param shard the shard's index
     * @param resumed the session to go on with, if any
     * @param pulse is told of ACKs
     * @param traffic is told of each dispatch
     * @param tls whether the connection is encrypted: then the next one has to be, too
     */
    ObservedLink(int shard, @Nullable Session resumed, Pulse pulse, Traffic traffic, boolean tls) {
        this.shard = shard;
        this.tls = tls;
        this.pulse = pulse;
        this.traffic = traffic;
        if (resumed != null) {
            sessionId = resumed.id();
            resumeUrl = resumed.resumeUrl();
            sequence = resumed.sequence();
        }
    }

    Flux<Wire.Signal> signals() {
        return sink.asFlux();
    }

    Optional<Session> session() {
        String id = sessionId;
        return id == null ? Optional.empty() : Optional.of(new Session(id, sequence, resumeUrl));
    }

    int sequence() {
        return sequence;
    }

    /** Whether it has failed already. */
    boolean hasFailed() {
        return ended.get();
    }

    void identified() {
        emit(new Wire.Signal.Identified());
    }

    /** Takes note of a payload that was not understood; the type is empty when it is no dispatch. */
    void skipped(@Nullable Integer skippedSequence, String type, String message) {
        if (!type.isEmpty()) {
            traffic.received(shard, type);
        }
        if (skippedSequence != null) {
            sequence = skippedSequence;
        }
        emit(new Wire.Signal.Skipped(message));
    }

    void failed(Failure failure) {
        if (ended.compareAndSet(false, true)) {
            sink.emitError(new ConnectionEnded(failure), Sinks.EmitFailureHandler.busyLooping(EMIT_PATIENCE));
        }
    }

    /** Takes note of a payload; false when it ended the connection and must go no further. */
    boolean received(GatewayPayload<?> payload) {
        Integer newest = payload.getSequence();
        if (newest != null) {
            sequence = newest;
        }
        Opcode<?> op = payload.getOp();
        if (Opcode.DISPATCH.equals(op)) {
            traffic.received(shard, String.valueOf(payload.getType()));
            dispatched((Dispatch) payload.getData());
        } else if (Opcode.HEARTBEAT_ACK.equals(op)) {
            emit(new Wire.Signal.Acknowledged(pulse.acknowledged()));
        } else if (Opcode.HELLO.equals(op) && payload.getData() instanceof Hello hello) {
            emit(new Wire.Signal.Hello(Duration.ofMillis(hello.heartbeatInterval())));
        } else if (Opcode.RECONNECT.equals(op)) {
            failed(Failure.of(Failure.Kind.RECONNECT_REQUESTED, "Discord asked to reconnect (op 7)"));
            return false;
        } else if (Opcode.INVALID_SESSION.equals(op)) {
            failed(invalidated((InvalidSession) payload.getData()));
            return false;
        }
        return true;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // only the connection's event loop writes it
    private void dispatched(@Nullable Dispatch dispatch) {
        if (dispatch instanceof Ready ready) {
            sessionId = ready.sessionId();
            String url = ready.resumeGatewayUrl();
            resumeUrl = TokenDestination.isUsable(url, tls) ? url : null; // without one the gateway URL will do
            emit(new Wire.Signal.Ready());
        } else if (dispatch instanceof Resumed) {
            emit(new Wire.Signal.Resumed(dispatches));
        } else {
            dispatches++;
        }
    }

    private Failure invalidated(@Nullable InvalidSession payload) {
        if (payload != null && payload.resumable()) {
            return Failure.of(
                    Failure.Kind.SESSION_INTERRUPTED, "Discord interrupted the session, it may be resumed (op 9 true)");
        }
        sessionId = null;
        return Failure.of(Failure.Kind.SESSION_INVALIDATED, "Discord refused the session (op 9 false)");
    }

    private void emit(Wire.Signal signal) {
        if (!ended.get()) {
            sink.emitNext(signal, Sinks.EmitFailureHandler.busyLooping(EMIT_PATIENCE));
        }
    }
}
