package dev.gatewatch.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.SetClock;
import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.gateway.ConnectionEvents;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.scheduler.Scheduler;

/** Samples per minute. */
@Timeout(60)
class SamplingTest {

    private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");

    private final SetClock time = new SetClock();

    @TempDir
    Path directory;

    @Test
    void goOnWhileEveryThreadOfTheDatabaseIsTakenAndAllItsRoomToWait() throws Exception {
        ConnectionEvents events = new ConnectionEvents();
        HistoryConfig config = RetentionTest.config(
                Map.of("gatewatch.data-dir", directory.toString(), "gatewatch.instance-id", "one"));
        Database database = new SqliteDatabase(directory.resolve("gatewatch.db"), "one", Clock.systemUTC());
        HistoryEngine engine = new HistoryEngine(config, database, events, new LiveEvents(config, events));
        time.set(Duration.between(Instant.EPOCH, NOW));
        new Sampling(engine, Optional.empty(), clock()).start(time);
        CountDownLatch release = new CountDownLatch(1);
        fill(engine.scheduler(), release);

        events.publish(new ConnectionEvent.Started(0, NOW));
        time.pass(Duration.ofMinutes(3));

        engine.start();
        Awaitility.await("samples").ignoreExceptions().until(() -> samples(engine), count -> count == 3);
        release.countDown();
        engine.stop(Duration.ofSeconds(5));
    }

    private static int samples(HistoryEngine engine) {
        return engine.store()
                .samples(Step.MINUTE, Instant.EPOCH, NOW.plus(Duration.ofDays(1)), 10)
                .size();
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS));
            }
        };
    }

    private static void fill(Scheduler scheduler, CountDownLatch release) {
        try {
            while (true) {
                scheduler.schedule(() -> await(release));
            }
        } catch (RejectedExecutionException full) {
            assertThat(full).hasMessageContaining("capacity");
        }
    }

    private static void await(CountDownLatch release) {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
