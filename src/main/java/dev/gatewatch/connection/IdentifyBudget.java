package dev.gatewatch.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How many IDENTIFYs are left. Beyond the daily limit Discord ends all sessions, resets the token and mails the owner.
 *
 * <p>See [Discord Docs/Gateway/Session Start Limit Object].
 *
 * @param total how many a day allows
 * @param remaining how many are left
 * @param resetAt when they are all there again
 * @param reserve how many are kept back: at or below it nothing is spent
 * @param lastHour how many were spent in the last hour
 */
public record IdentifyBudget(int total, int remaining, Instant resetAt, int reserve, int lastHour) {

    /** Whether one may be spent now. */
    public boolean allows() {
        return remaining > reserve;
    }

    /** When the reserve is reached if spending goes on as in the last hour; empty when nothing was spent, or the reset is sooner. */
    public Optional<Duration> exhaustion(Instant now) {
        if (lastHour == 0) {
            return Optional.empty();
        }
        Duration left = Duration.ofHours(1)
                .multipliedBy(Math.max(0, remaining - reserve))
                .dividedBy(lastHour);
        return now.plus(left).isBefore(resetAt) ? Optional.of(left) : Optional.empty();
    }
}
