package dev.gatewatch.metrics;

import dev.gatewatch.connection.CloseCode;
import dev.gatewatch.connection.Failure;
import dev.gatewatch.connection.Recovery;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * One shard's counters and histograms. Each is there from the beginning, at 0, as far as its labels can be known: a rate over a
 * series that begins at 1 would miss that first event.
 */
final class ShardMeters {

    private static final List<Recovery> TRIED = List.of(Recovery.RESUME, Recovery.IDENTIFY);

    /** How an open connection is lost every day; what is rarer appears when it happens. */
    private static final List<Failure.Kind> USUAL = List.of(
            Failure.Kind.CLOSED_WITHOUT_CODE,
            Failure.Kind.CONNECTION_LOST,
            Failure.Kind.RECONNECT_REQUESTED,
            Failure.Kind.SESSION_INTERRUPTED,
            Failure.Kind.SESSION_INVALIDATED,
            Failure.Kind.ZOMBIE,
            Failure.Kind.PROTOCOL);

    private static final Duration[] LATENCIES =
            millis(5, 10, 25, 50, 75, 100, 150, 200, 300, 500, 750, 1_000, 2_500, 5_000);

    private static final Duration[] RECOVERIES =
            millis(10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000, 900_000, 3_600_000);

    private static final Duration[] DETECTIONS =
            millis(1_000, 2_000, 3_000, 5_000, 7_500, 10_000, 12_500, 15_000, 20_000, 30_000, 60_000, 120_000);

    private final MeterRegistry registry;
    private final Tags tags;
    private final Timer latency;
    private final Timer zombieDetection;
    private final Counter identifies;
    private final Counter replayed;
    private final Counter exhaustions;
    private final Counter paused;

    ShardMeters(int shard, MeterRegistry registry) {
        this.registry = registry;
        tags = Tags.of("shard", Integer.toString(shard));
        latency = histogram("gatewatch.heartbeat.latency", "From a heartbeat to its acknowledgement", tags, LATENCIES);
        zombieDetection = histogram(
                "gatewatch.zombie.detection",
                "How long an open connection had shown no sign of life when it was found dead",
                tags,
                DETECTIONS);
        identifies = counter("gatewatch.identifies", "IDENTIFYs sent by this process", tags);
        replayed = counter("gatewatch.events.replayed", "Missed events that resumes brought", tags);
        exhaustions = counter(
                "gatewatch.exhaustions", "How often DISCORD_MAX_RECONNECT_ATTEMPTS attempts in a row had failed", tags);
        paused = Counter.builder("gatewatch.process.paused")
                .description("How long this process was found not to have run: frozen, or its machine suspended")
                .baseUnit("seconds")
                .tags(tags)
                .register(registry);
        TRIED.forEach(this::recovery);
        TRIED.forEach(this::attempts);
        Arrays.stream(CloseCode.values()).forEach(code -> disconnects(Failure.closed(code.code(), "")));
        List.of(1000, 1001, 1006).forEach(code -> disconnects(Failure.closed(code, "")));
        USUAL.forEach(kind -> disconnects(Failure.of(kind, "")));
    }

    void attempted(Recovery recovery) {
        attempts(recovery).increment();
    }

    void failed(Failure failure) {
        counter("gatewatch.attempt.failures", "Attempts that ended before READY or RESUMED", labelled(failure))
                .increment();
        found(failure);
    }

    void disconnected(Failure failure) {
        disconnects(failure).increment();
        found(failure);
    }

    void recovered(Recovery recovery, Duration took) {
        recovery(recovery).record(took);
    }

    void acknowledged(Duration roundTrip) {
        latency.record(roundTrip);
    }

    void identified() {
        identifies.increment();
    }

    void replayed(int events) {
        replayed.increment(events);
    }

    void paused(Duration pause) {
        paused.increment(pause.toMillis() / 1_000.0);
    }

    void exhausted() {
        exhaustions.increment();
    }

    private void found(Failure failure) {
        if (failure.silence() != null) {
            zombieDetection.record(failure.silence());
        }
    }

    private Counter attempts(Recovery recovery) {
        return counter(
                "gatewatch.connection.attempts", "Attempts to connect", tags.and("recovery", Labels.of(recovery)));
    }

    private Timer recovery(Recovery recovery) {
        return histogram(
                "gatewatch.recovery.duration",
                "From the loss of a connection to READY or RESUMED",
                tags.and("recovery", Labels.of(recovery)),
                RECOVERIES);
    }

    private Counter disconnects(Failure failure) {
        return counter("gatewatch.disconnects", "Connections that were lost after READY or RESUMED", labelled(failure));
    }

    private Tags labelled(Failure failure) {
        return tags.and(
                "cause", Labels.of(failure.kind()),
                "code", Labels.code(failure),
                "closed_by", Labels.of(failure.kind().side()));
    }

    private Counter counter(String name, String help, Tags labels) {
        return Counter.builder(name).description(help).tags(labels).register(registry);
    }

    private Timer histogram(String name, String help, Tags labels, Duration... buckets) {
        return Timer.builder(name)
                .description(help)
                .tags(labels)
                .serviceLevelObjectives(buckets)
                .register(registry);
    }

    private static Duration[] millis(long... values) {
        return Arrays.stream(values).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }
}
