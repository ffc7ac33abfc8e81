package dev.gatewatch.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How many IDENTIFYs are left. Beyond the daily limit Discord ends all sessions, resets the token and mails the owner.
 *
 * <p>It stays true while time passes: what was spent leaves the rate after an hour, and everything is there again after the
 * reset. See [Discord Docs/Gateway/Session Start Limit Object].
 *
 * @param total how many a day allows
 * @param remaining how many are left until {@code resetAt}
 * @param resetAt when they are all there again
 * @param reserve how many are kept back: at or below it nothing is spent
 * @param spent when each IDENTIFY of at least the last 24 hours was sent, oldest first
 */
public record IdentifyBudget(int total, int remaining, Instant resetAt, int reserve, List<Instant> spent) {

    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration HOUR = Duration.ofHours(1);

    public IdentifyBudget {
        spent = List.copyOf(spent);
    }

    /** The same budget at a later moment, if nothing was spent meanwhile. */
    public IdentifyBudget at(Instant now) {
        if (now.isBefore(resetAt)) {
            return this;
        }
        List<Instant> today = since(now.minus(DAY));
        Instant oldest = today.isEmpty() ? now : today.get(0);
        return new IdentifyBudget(total, Math.max(0, total - today.size()), oldest.plus(DAY), reserve, today);
    }

    /** Whether one may be spent now. */
    public boolean allows() {
        return remaining > reserve;
    }

    /** How many were spent within the hour before {@code now}. */
    public int lastHour(Instant now) {
        return since(now.minus(HOUR)).size();
    }

    /**
     * How long until the reserve is reached, when Gatewatch stops to spend, if spending goes on as in the last hour.
     *
     * @return zero when it is reached already; empty when nothing was spent in the last hour, or all are there again sooner
     */
    public Optional<Duration> exhaustion(Instant now) {
        IdentifyBudget current = at(now);
        if (!current.allows()) {
            return Optional.of(Duration.ZERO);
        }
        int rate = lastHour(now);
        if (rate == 0) {
            return Optional.empty();
        }
        Duration left = HOUR.multipliedBy(current.remaining - reserve).dividedBy(rate);
        return now.plus(left).isBefore(current.resetAt) ? Optional.of(left) : Optional.empty();
    }

    private List<Instant> since(Instant begin) {
        return spent.stream().filter(at -> !at.isBefore(begin)).toList();
    }
}
