package dev.gatewatch.gateway;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.connection.Failure;
import dev.gatewatch.connection.Recovery;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * One attempt, from its connect to its connection's end: holds every phase to its deadline and tells what happens as facts.
 *
 * <p>Used by one thread at a time: its supervisor's.
 */
final class Attempt {

    private final Wire.Request request;
    private final int number;
    private final Wire.Link link;
    private final Runnable identifySent;
    private final Deadlines deadlines;
    private final ConnectionEvents events;
    private final Scheduler scheduler;
    private final Sinks.One<HeartbeatWatchdog> watchdog = Sinks.one();

    private boolean greeted;
    private volatile boolean connected;
    private long stageStart;

    /**
     * @param request what the link was opened for
     * @param number the attempt's number, from 1
     * @param link the connection to run
     * @param identifySent is told when an IDENTIFY was sent, perhaps more than once
     * @param supplies the rules, the stream of facts and the scheduler
     * @param record how patient to be
     */
    Attempt(
            Wire.Request request,
            int number,
            Wire.Link link,
            Runnable identifySent,
            Supplies supplies,
            ShardRecord record) {
        this.request = request;
        this.number = number;
        this.link = link;
        this.identifySent = identifySent;
        deadlines = supplies.rules().deadlines(number, record.missedReadies(), record.failedResumes());
        events = supplies.events();
        scheduler = supplies.scheduler();
        stageStart = nanos();
    }

    /** Runs to the connection's end; gives the failure that ended it, and never an error. */
    Mono<Failure> run() {
        Flux<Wire.Signal> signals = link.signals()
                .publishOn(scheduler)
                .map(this::note)
                .timeout(Mono.delay(deadlines.hello(), scheduler), signal -> deadline())
                .onErrorMap(TimeoutException.class, timeout -> new ConnectionEnded(missed()));
        return Flux.merge(signals, watch())
                .then(Mono.<Failure>empty())
                .onErrorResume(error -> Mono.just(Failures.of(error)))
                .doOnTerminate(this::countIdentify)
                .doFinally(end -> countIdentify()); // for a cancel: once the link is cut and sends no more
    }

    /** Whether HELLO arrived. */
    boolean greeted() {
        return greeted;
    }

    /** Whether READY or RESUMED arrived. */
    boolean connected() {
        return connected;
    }

    /** How long the connection has been in its current stage. */
    Duration inStage() {
        return Duration.ofNanos(nanos() - stageStart);
    }

    /** When its current stage began, in the scheduler's nanoseconds. */
    long stageStart() {
        return stageStart;
    }

    /** When the session last showed a sign of life on this connection; empty while it has not. Safe from any thread. */
    Optional<Instant> lastSign() {
        boolean alive = connected || request.recovery() == Recovery.IDENTIFY;
        return alive ? Optional.of(link.pulse().lastSign()) : Optional.empty();
    }

    /** For how long the deadline of the current stage has passed; negative while it has not. */
    Duration overdue() {
        return connected && greeted
                ? link.pulse().silence().minus(deadlines.silence())
                : inStage().minus(allowed());
    }

    Wire.Link link() {
        return link;
    }

    private Wire.Signal note(Wire.Signal signal) {
        int shard = request.shard();
        if (signal instanceof Wire.Signal.Hello hello) {
            greeted = true;
            if (!connected) {
                stageStart = nanos();
            }
            watchdog.tryEmitValue(new HeartbeatWatchdog(link.pulse(), hello.heartbeatInterval(), deadlines.silence()));
            events.publish(new ConnectionEvent.HelloReceived(shard, now(), hello.heartbeatInterval()));
        } else if (signal instanceof Wire.Signal.Identified) {
            identifySent.run();
            stageStart = nanos();
            events.publish(new ConnectionEvent.Identified(shard, now()));
        } else if (signal instanceof Wire.Signal.Ready) {
            enterConnected();
            events.publish(new ConnectionEvent.Connected(shard, now(), number));
        } else if (signal instanceof Wire.Signal.Resumed resumed) {
            enterConnected();
            events.publish(new ConnectionEvent.Resumed(shard, now(), number, resumed.replayed()));
        } else if (signal instanceof Wire.Signal.Acknowledged acknowledged) {
            events.publish(new ConnectionEvent.HeartbeatAcknowledged(shard, now(), acknowledged.roundTrip()));
        } else if (signal instanceof Wire.Signal.Skipped skipped) {
            events.publish(new ConnectionEvent.ErrorOccurred(shard, now(), "SKIPPED_PAYLOAD", skipped.message()));
        }
        return signal;
    }

    /** An IDENTIFY counts as soon as it is sent, also when the attempt ends before we hear of it. */
    private void countIdentify() {
        if (link.identified()) {
            identifySent.run();
        }
    }

    /** HELLO has one even when RESUMED came before it: without HELLO there are no heartbeats. */
    private Publisher<?> deadline() {
        if (connected && greeted) {
            return Mono.never();
        }
        Duration left = allowed().minus(inStage());
        return Mono.delay(left.isNegative() ? Duration.ZERO : left, scheduler);
    }

    private Duration allowed() {
        if (!greeted) {
            return deadlines.hello();
        }
        return request.recovery() == Recovery.RESUME ? deadlines.resumed() : deadlines.ready();
    }

    private Failure missed() {
        String within = " within " + allowed().toMillis() + " ms";
        if (!greeted) {
            return Failure.of(Failure.Kind.HELLO_TIMEOUT, "No HELLO" + within);
        }
        return request.recovery() == Recovery.RESUME
                ? Failure.of(Failure.Kind.RESUMED_TIMEOUT, "No RESUMED" + within)
                : Failure.of(Failure.Kind.READY_TIMEOUT, "No READY" + within);
    }

    private Flux<Wire.Signal> watch() {
        return watchdog.asMono().flatMapMany(awake -> Flux.interval(awake.tick(), scheduler)
                .onBackpressureDrop()
                .concatMap(count -> heed(awake)));
    }

    private Mono<Wire.Signal> heed(HeartbeatWatchdog awake) {
        return switch (awake.verdict()) {
            case ALIVE -> Mono.empty();
            case PROBE -> Mono.fromRunnable(link::probe);
            case DEAD -> Mono.error(new ConnectionEnded(awake.failure()));
        };
    }

    private void enterConnected() {
        connected = true;
        stageStart = nanos();
    }

    private long nanos() {
        return scheduler.now(TimeUnit.NANOSECONDS);
    }

    private Instant now() {
        return Instant.ofEpochMilli(scheduler.now(TimeUnit.MILLISECONDS));
    }

    /**
     * How long each phase may take.
     *
     * @param hello from the first packet to HELLO
     * @param ready from IDENTIFY to READY
     * @param resumed from HELLO to RESUMED
     * @param silence the longest silence of an open connection
     */
    record Deadlines(Duration hello, Duration ready, Duration resumed, Duration silence) {}
}
