package dev.gatewatch.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Duration BASE = Duration.ofSeconds(5);
    private static final Duration MAXIMUM = Duration.ofMinutes(2);

    @Test
    void doublesFromTheBaseToTheMaximum() {
        Backoff longest = new Backoff(BASE, MAXIMUM, () -> Math.nextDown(1.0));

        assertThat(longest.after(1)).isCloseTo(Duration.ofSeconds(5), Duration.ofMillis(1));
        assertThat(longest.after(2)).isCloseTo(Duration.ofSeconds(10), Duration.ofMillis(1));
        assertThat(longest.after(5)).isCloseTo(Duration.ofSeconds(80), Duration.ofMillis(1));
        assertThat(longest.after(6)).isCloseTo(MAXIMUM, Duration.ofMillis(1));
    }

    @Test
    void neverWaitsLessThanHalfItsBound() {
        Backoff shortest = new Backoff(BASE, MAXIMUM, () -> 0.0);

        assertThat(shortest.after(1)).isEqualTo(Duration.ofMillis(2_500));
        assertThat(shortest.after(1_000)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void staysWithinItsBoundsForAnyAttempt() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Backoff backoff = new Backoff(BASE, MAXIMUM, random::nextDouble);
        for (int i = 0; i < 10_000; i++) {
            int attempt = 1 + random.nextInt(Integer.MAX_VALUE - 1);
            assertThat(backoff.after(attempt))
                    .as("seed %d, attempt %d", seed, attempt)
                    .isBetween(BASE.dividedBy(2), MAXIMUM);
        }
    }

    @Test
    void countsAttemptsFromOne() {
        Backoff backoff = new Backoff(BASE, MAXIMUM, () -> 0.5);

        assertThatThrownBy(() -> backoff.after(0)).hasMessageContaining("count from 1");
    }

    @Test
    void refusesAMaximumBelowTheBase() {
        assertThatThrownBy(() -> new Backoff(BASE, BASE.dividedBy(2), () -> 0.5))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
