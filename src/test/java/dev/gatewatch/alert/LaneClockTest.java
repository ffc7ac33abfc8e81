package dev.gatewatch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.SetClock;
import dev.gatewatch.alert.Delivery.Outcome;
import dev.gatewatch.connection.Backoff;
import dev.gatewatch.gateway.ReaderFailures;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way to a target while somebody sets the clock. */
class LaneClockTest {

    private static final Target TARGET =
            AlertTargets.parse("json:http://a.example/").list().get(0);

    private final SetClock time = new SetClock();
    private final MemoryStore store = new MemoryStore();
    private final ReaderFailures failures = new ReaderFailures();
    private final Mirror mirror = new Mirror(store, failures, time);
    private final FakeSender sender = new FakeSender(time);
    private final Lane lane = lane();

    @BeforeEach
    void begin() {
        time.set(Duration.ofDays(20_000));
        mirror.load().subscribe();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-24H", "PT24H"})
    void aRetryComesInTimeHoweverTheClockIsSet(Duration by) {
        sender.answers("json-1", Outcome.RETRIED);
        lane.add(parcel("1"));
        assertThat(sender.attempts).hasSize(1);

        time.set(by);
        time.pass(Duration.ofMillis(1_900));
        assertThat(sender.attempts).hasSize(1);
        assertThat(lane.report().nextAttempt()).isEqualTo(now().plusMillis(100));
        sender.works("json-1");
        time.pass(Duration.ofMillis(100));

        assertThat(sender.ids("json-1")).containsExactly("1");
    }

    @Test
    void anAlertIsNotThrownAwayBecauseTheClockIsSetForward() {
        sender.answers("json-1", Outcome.RETRIED);
        lane.add(parcel("1"));
        time.set(Duration.ofDays(400));
        lane.look();
        assertThat(lane.report().queued()).isEqualTo(1);

        time.pass(Duration.ofHours(24).plusSeconds(1));
        lane.look();

        assertThat(lane.report().queued()).isZero();
    }

    @Test
    void whatTheProcessBeforeLeftWaitsAnHourAtMostWhenTheClockWasSetBackMeanwhile() {
        Parcel left = parcel("1").postponed(now().plus(Duration.ofDays(300)));
        lane.adopt(List.of(left));
        time.pass(Duration.ofHours(1));

        assertThat(sender.ids("json-1")).containsExactly("1");
    }

    @Test
    void theOutboxIsWrittenAgainAfterItsPauseHoweverTheClockIsSet() {
        store.goesDown();
        mirror.put(parcel("1"));
        mirror.flush().subscribe();
        store.works();

        time.set(Duration.ofDays(-1));
        time.pass(Duration.ofSeconds(5));
        mirror.retry();

        assertThat(store.kept().parcels()).hasSize(1);
    }

    private Lane lane() {
        return new Lane(
                TARGET,
                sender,
                new Backoff(Duration.ofSeconds(4), Duration.ofSeconds(40), () -> 0),
                Duration.ofHours(24),
                mirror,
                new DeliveryCounter(new SimpleMeterRegistry()),
                failures,
                time);
    }

    private Parcel parcel(String id) {
        return new Parcel(TARGET.key(), Messages.message(id, now()), 0, now());
    }

    private Instant now() {
        return Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS));
    }
}
