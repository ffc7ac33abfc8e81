package dev.gatewatch.gateway;

import dev.gatewatch.connection.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
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
    private final AtomicReference<Identify> identify = new AtomicReference<>(Identify.OPEN);

    private volatile @Nullable String sessionId;
    private volatile @Nullable String resumeUrl;
    private volatile int sequence;
    private volatile boolean cut;
    private int dispatches; // read and written on the event loop only
    private boolean greeted; // likewise

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

    /** Whether it has failed or is being cut. */
    boolean isOver() {
        return cut;
    }

    /** Whether IDENTIFY was sent; final once the connection is cut or has failed. */
    boolean hasIdentified() {
        return identify.get() == Identify.SENT;
    }

    /** Decides whether IDENTIFY is sent now: true once, and never after the connection was cut or has failed. */
    boolean identify() {
        boolean first = identify.compareAndSet(Identify.OPEN, Identify.SENT);
        if (first) {
            emit(new Wire.Signal.Identified());
        }
        return first;
    }

    /** The connection is being cut: from now on nothing is read and no IDENTIFY is sent. */
    void cut() {
        cut = true;
        identify.compareAndSet(Identify.OPEN, Identify.BARRED);
    }

    /** Takes note of a payload that was not understood. */
    void skipped(String message) {
        emit(new Wire.Signal.Skipped(message));
    }

    /** Ends the connection; only the first failure counts. */
    void failed(Failure failure) {
        if (ended.compareAndSet(false, true)) {
            cut();
            sink.emitError(new ConnectionEnded(failure), Sinks.EmitFailureHandler.busyLooping(EMIT_PATIENCE));
        }
    }

    /** Takes note of the newest sequence number. */
    void advance(int newest) {
        sequence = newest;
    }

    /** Takes note of HELLO; false when there was one already, which must go no further. */
    boolean greeted(Duration heartbeatInterval) {
        boolean first = !greeted;
        greeted = true;
        if (first) {
            emit(new Wire.Signal.Hello(heartbeatInterval));
        }
        return first;
    }

    void acknowledged() {
        emit(new Wire.Signal.Acknowledged(pulse.acknowledged()));
    }

    /** Takes note of READY; without a usable URL the session is resumed at the gateway's. */
    void ready(String session, @Nullable String url) {
        arrived("READY");
        sessionId = session;
        resumeUrl = TokenDestination.isUsable(url, tls) ? url : null;
        emit(new Wire.Signal.Ready());
    }

    void resumed() {
        arrived("RESUMED");
        emit(new Wire.Signal.Resumed(dispatches));
    }

    /** Takes note of any other dispatch. */
    void dispatched(String type) {
        arrived(type);
        dispatches++;
    }

    /** Counts a dispatch. */
    void arrived(String type) {
        traffic.received(shard, type);
    }

    /** Takes note that Discord refused what was sent with this opcode, since there was too much of it; -1 when it does not say. */
    void rateLimited(int opcode) {
        traffic.rateLimited(shard, opcode);
    }

    /** Takes note of op 9. */
    void invalidated(boolean resumable) {
        if (resumable) {
            failed(Failure.of(
                    Failure.Kind.SESSION_INTERRUPTED,
                    "Discord interrupted the session, it may be resumed (op 9 true)"));
        } else {
            sessionId = null;
            failed(Failure.of(Failure.Kind.SESSION_INVALIDATED, "Discord refused the session (op 9 false)"));
        }
    }

    private void emit(Wire.Signal signal) {
        if (!ended.get()) {
            sink.emitNext(signal, Sinks.EmitFailureHandler.busyLooping(EMIT_PATIENCE));
        }
    }

    /** What became of the IDENTIFY. */
    private enum Identify {
        OPEN,
        SENT,
        BARRED
    }
}
