package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestartBrakeTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void theFirstStartsAreFree() {
        RestartBrake brake = started(RestartBrake.FREE_STARTS, Duration.ofSeconds(1));

        assertThat(brake.delay()).isZero();
    }

    @Test
    void eachStartTooManyDoublesTheWaitUpToFiveMinutes() {
        List<Duration> delays = List.of(1, 2, 3, 4, 5, 6, 7, 50).stream()
                .map(tooMany -> started(RestartBrake.FREE_STARTS + tooMany, Duration.ofSeconds(1))
                        .delay())
                .toList();

        assertThat(delays)
                .containsExactly(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(40),
                        Duration.ofSeconds(80),
                        Duration.ofSeconds(160),
                        Duration.ofSeconds(300),
                        Duration.ofSeconds(300),
                        Duration.ofSeconds(300));
    }

    @Test
    void startsThatAreLongAgoNoLongerCount() {
        RestartBrake brake = started(20, Duration.ofSeconds(1)).plus(NOW.plus(RestartBrake.WINDOW.plusMinutes(1)));

        assertThat(brake.starts()).hasSize(1);
        assertThat(brake.delay()).isZero();
    }

    @Test
    void startsInTheFutureDoNotCountSinceTheClockWasSetBack() {
        RestartBrake brake = started(20, Duration.ofSeconds(1)).plus(NOW.minus(Duration.ofHours(1)));

        assertThat(brake.starts()).containsExactly(NOW.minus(Duration.ofHours(1)));
    }

    @Test
    void startsWithPausesBetweenThemAreFreeForEver() {
        assertThat(started(
                                1_000,
                                RestartBrake.WINDOW
                                        .dividedBy(RestartBrake.FREE_STARTS)
                                        .plusSeconds(1))
                        .delay())
                .isZero();
    }

    private static RestartBrake started(int times, Duration apart) {
        RestartBrake brake = new RestartBrake(List.of());
        for (int i = 0; i < times; i++) {
            brake = brake.plus(NOW.plus(apart.multipliedBy(i)));
        }
        return brake;
    }
}
