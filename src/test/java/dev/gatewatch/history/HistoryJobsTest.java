package dev.gatewatch.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.gateway.ConnectionEvents;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.scheduler.Trigger;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(HistoryJobsTest.Settings.class)
class HistoryJobsTest {

    @Inject
    ConnectionEvents events;

    @Inject
    Scheduler scheduler;

    /** A job of Quarkus waits until the clock is past its last turn: one that was due in 2040 would wait until then. */
    @Test
    void retentionIsScheduledAnewWhenTheClockIsSet() {
        Trigger before = scheduler.getScheduledJob(HistoryJobs.RETENTION);
        assertThat(scheduler.isRunning()).isTrue();
        assertThat(before.getNextFireTime()).isBefore(Instant.now().plus(Duration.ofMinutes(61)));

        events.publish(new ConnectionEvent.ClockSet(0, Instant.now(), Duration.ofDays(-365)));

        Trigger after = scheduler.getScheduledJob(HistoryJobs.RETENTION);
        assertThat(after).isNotNull().isNotSameAs(before);
        assertThat(after.getNextFireTime()).isBefore(Instant.now().plus(Duration.ofMinutes(61)));
    }

    public static class Settings implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                return Map.of(
                        "gatewatch.history-enabled",
                        "true",
                        "gatewatch.data-dir",
                        Files.createTempDirectory("history").toString(),
                        "quarkus.http.test-port",
                        "0");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
