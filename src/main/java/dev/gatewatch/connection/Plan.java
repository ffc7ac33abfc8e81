package dev.gatewatch.connection;

import java.time.Duration;
import java.util.Objects;

/**
 * What is going to be done about a failure.
 *
 * @param recovery how
 * @param endpoint where; meaningless with {@link Recovery#STOP}
 * @param delay how long to wait before, zero or more
 * @param reason why, in words
 */
public record Plan(Recovery recovery, Endpoint endpoint, Duration delay, String reason) {

    public Plan {
        Objects.requireNonNull(recovery);
        Objects.requireNonNull(endpoint);
        Objects.requireNonNull(reason);
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay must not be negative: " + delay);
        }
    }
}
