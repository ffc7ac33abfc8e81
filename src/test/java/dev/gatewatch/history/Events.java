package dev.gatewatch.history;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.connection.Endpoint;
import dev.gatewatch.connection.Failure;
import dev.gatewatch.connection.Plan;
import dev.gatewatch.connection.Recovery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Writes the story of a shard, second by second, as the gateway would tell it. */
final class Events {

    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final EventTranslator translator;
    private final List<StoredEvent> told = new ArrayList<>();
    private int shard;

    Events(String instance) {
        translator = new EventTranslator(instance, new EventIds());
    }

    static Events of(String instance) {
        return new Events(instance);
    }

    static Instant second(double second) {
        return START.plusMillis((long) (second * 1_000));
    }

    /** Every loss that touches this time, oldest first. */
    static List<Incident> losses(HistoryStore store, Instant from, Instant to) {
        List<Incident> losses = new ArrayList<>();
        store.losses(from, to, losses::add);
        losses.sort(Comparator.comparing(Incident::start));
        return losses;
    }

    Events shard(int index) {
        shard = index;
        return this;
    }

    Events started(double second) {
        return tell(new ConnectionEvent.Started(shard, second(second)));
    }

    Events retired(double second) {
        return tell(new ConnectionEvent.Retired(shard, second(second)));
    }

    Events attempt(double second, int number, Recovery recovery) {
        return tell(new ConnectionEvent.AttemptStarted(shard, second(second), number, recovery, Endpoint.GATEWAY_URL));
    }

    Events connected(double second) {
        return tell(new ConnectionEvent.Connected(shard, second(second), 1));
    }

    Events resumed(double second) {
        return tell(new ConnectionEvent.Resumed(shard, second(second), 1, 7));
    }

    Events disconnected(double second, Failure failure) {
        return tell(new ConnectionEvent.Disconnected(shard, second(second), failure));
    }

    Events failed(double second, int number, Failure failure) {
        return tell(new ConnectionEvent.AttemptFailed(shard, second(second), number, failure));
    }

    Events planned(double second, int number) {
        Plan plan = new Plan(Recovery.RESUME, Endpoint.RESUME_URL, Duration.ofSeconds(5), "because");
        return tell(new ConnectionEvent.PlanMade(shard, second(second), number, plan));
    }

    Events stopped(double second, Failure failure) {
        return tell(new ConnectionEvent.Stopped(shard, second(second), failure, "repair it"));
    }

    Events error(double second) {
        return tell(new ConnectionEvent.ErrorOccurred(shard, second(second), "COMMAND_REGISTRATION", "HTTP 403"));
    }

    /** It did not run for so many seconds before. */
    Events paused(double second, double seconds) {
        Duration pause = Duration.ofMillis((long) (seconds * 1_000));
        return tell(new ConnectionEvent.ProcessPaused(shard, second(second), pause));
    }

    /** The clock was set by so many seconds; the time is by the new clock. */
    Events clockSet(double second, double seconds) {
        Duration by = Duration.ofMillis((long) (seconds * 1_000));
        return tell(new ConnectionEvent.ClockSet(shard, second(second), by));
    }

    Events tell(ConnectionEvent event) {
        event.accept(translator).ifPresent(told::add);
        return this;
    }

    /** Everything told so far. */
    List<StoredEvent> list() {
        return List.copyOf(told);
    }

    /** Everything told since the last time. */
    List<StoredEvent> take() {
        List<StoredEvent> taken = List.copyOf(told);
        told.clear();
        return taken;
    }
}
