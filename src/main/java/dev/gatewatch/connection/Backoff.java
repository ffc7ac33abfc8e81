package dev.gatewatch.connection;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Exponential backoff with jitter.
 *
 * <p>Attempts count from 1, here and everywhere in Gatewatch. The wait after failed attempt <i>n</i> is drawn evenly from
 * the upper half of {@code min(maximum, base × 2^(n-1))}: never under half of it, so that a failing server is left alone,
 * and spread, so that a fleet does not come back in step.
 *
 * @param base the wait's upper bound after attempt 1; positive
 * @param maximum the wait's upper bound after any attempt; at least {@code base}
 * @param random a source of numbers from 0 (inclusive) to 1 (exclusive)
 */
public record Backoff(Duration base, Duration maximum, DoubleSupplier random) {

    public Backoff {
        if (base.isNegative() || base.isZero()) {
            throw new IllegalArgumentException("base must be positive: " + base);
        }
        if (maximum.compareTo(base) < 0) {
            throw new IllegalArgumentException("maximum " + maximum + " is below base " + base);
        }
    }

    /** The wait after failed attempt {@code attempt}, which is 1 or more. */
    public Duration after(int attempt) {
        if (attempt < 1) {
            throw new IllegalArgumentException("attempts count from 1, not " + attempt);
        }
        long bound = bound(attempt).toNanos();
        return Duration.ofNanos(bound / 2 + (long) (random.getAsDouble() * (bound - bound / 2)));
    }

    private Duration bound(int attempt) {
        int doublings = attempt - 1;
        if (doublings >= Long.numberOfLeadingZeros(base.toNanos()) - 1) {
            return maximum;
        }
        Duration grown = Duration.ofNanos(base.toNanos() << doublings);
        return grown.compareTo(maximum) < 0 ? grown : maximum;
    }
}
