package dev.gatewatch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.SetClock;
import dev.gatewatch.connection.Backoff;
import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.connection.Failure;
import dev.gatewatch.gateway.ConnectionEvents;
import dev.gatewatch.history.MaintenanceWindow;
import dev.gatewatch.history.Verdict;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An open alert while somebody sets the clock. */
class AlertClockTest {

    private static final Duration ROUND = Duration.ofMinutes(1);

    private final SetClock time = new SetClock();
    private final MemoryStore store = new MemoryStore();
    private final FakeSender sender = new FakeSender(time);
    private final ConnectionEvents events = new ConnectionEvents();

    @BeforeEach
    void begin() {
        time.set(Duration.ofDays(20_000));
        Mirror mirror = new Mirror(store, events.failures(), time);
        Lane lane = new Lane(
                AlertTargets.parse("json:http://a.example/").list().get(0),
                sender,
                new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5), () -> 0.5),
                Duration.ofHours(24),
                mirror,
                new DeliveryCounter(new SimpleMeterRegistry()),
                events.failures(),
                time);
        AlertSettings settings = new AlertSettings(
                Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofHours(4), 5, Duration.ofMinutes(10));
        new AlertEngine(settings, new Sources(), List.of(lane), mirror, events.failures(), time).start(events.stream());
        time.pass(ROUND);
        events.publish(new ConnectionEvent.Resumed(0, now(), 1, 0));
        time.pass(ROUND);
        events.publish(new ConnectionEvent.Disconnected(0, now(), Failure.closed(4000, "")));
        time.pass(ROUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"P9000D", "P-9000D"})
    void theEndTellsHowLongTheOutageLastedAndKeepsTheId(Duration by) {
        set(by);
        time.pass(ROUND);
        events.publish(new ConnectionEvent.Resumed(0, now(), 1, 0));
        time.pass(ROUND);

        List<AlertMessage> told = sender.delivered.get("json-1");
        assertThat(told).hasSize(2);
        assertThat(told.get(1).duration()).isBetween(ROUND.multipliedBy(2), ROUND.multipliedBy(3));
        assertThat(told.get(1).alert()).isEqualTo(told.get(0).alert());
    }

    @ParameterizedTest
    @ValueSource(strings = {"P9000D", "P-9000D"})
    void whatTheDatabaseKeepsOfTheAlertMovesWithTheClock(Duration by) {
        OpenAlert before = store.kept().alerts().get(0);
        set(by);
        time.pass(ROUND);

        OpenAlert after = store.kept().alerts().get(0);
        assertThat(after.since()).isEqualTo(before.since().plus(by));
        assertThat(after.openedAt()).isEqualTo(before.openedAt().plus(by));
        assertThat(after.toldAt()).isEqualTo(before.toldAt().plus(by));
        assertThat(after.id()).isEqualTo(before.id());
    }

    private void set(Duration by) {
        time.set(by);
        events.publish(new ConnectionEvent.ClockSet(0, now(), by));
    }

    private Instant now() {
        return Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS));
    }

    private static final class Sources implements AlertSources {

        @Override
        public String instance() {
            return "default";
        }

        @Override
        public Flux<List<MaintenanceWindow>> maintenance() {
            return Flux.just(List.of());
        }

        @Override
        public Mono<Verdict> verdict(Instant since, Instant until) {
            return Mono.empty();
        }
    }
}
