package dev.gatewatch.gateway;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;

/**
 * How many requests of this process Discord refused in the last {@link #WINDOW}.
 *
 * <p>Discord counts them by IP address, so that one fleet after the other shares the count. Thread-safe. See [Discord Docs/Rate
 * Limits/Invalid Request Limit].
 */
final class InvalidRequests {

    static final Duration WINDOW = Duration.ofMinutes(10);

    /** More are not remembered. */
    static final int MOST = 5_000;

    private final Scheduler scheduler;
    private final Deque<Long> refused = new ArrayDeque<>();

    InvalidRequests(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Takes note of an answer's HTTP status. */
    synchronized void answered(int status) {
        if (status == 401 || status == 403 || status == 429) {
            refused.addLast(now());
            if (refused.size() > MOST) {
                refused.removeFirst();
            }
        }
    }

    /** How many there are, {@link #MOST} at most. */
    synchronized int count() {
        long oldest = now() - WINDOW.toNanos();
        while (!refused.isEmpty() && refused.getFirst() < oldest) {
            refused.removeFirst();
        }
        return refused.size();
    }

    /** How long it is until the oldest no longer counts; zero when there is none. */
    synchronized Duration untilFewer() {
        return refused.isEmpty() ? Duration.ZERO : Duration.ofNanos(refused.getFirst() + WINDOW.toNanos() - now());
    }

    /** By whose clock they are counted. */
    Scheduler scheduler() {
        return scheduler;
    }

    private long now() {
        return scheduler.now(TimeUnit.NANOSECONDS);
    }
}
