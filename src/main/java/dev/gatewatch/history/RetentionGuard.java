package dev.gatewatch.history;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.log.LogEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import reactor.core.scheduler.Scheduler;

/**
 * Says whether the clock can be trusted to delete by: to a clock that reads ahead, the whole history is too old.
 *
 * <p>A clock is trusted after a day. Most clocks that read ahead are corrected by then.
 */
final class RetentionGuard {

    private static final Logger log = Logger.getLogger(RetentionGuard.class);

    private static final Duration TRUSTED_AFTER = Duration.ofDays(1);

    /** A shorter step makes too little due to matter. */
    private static final Duration LEAST_STEP = Duration.ofHours(1);

    /** How far back the history must show that it was kept by this clock. */
    private static final Duration LONGEST_ABSENCE = Duration.ofDays(8);

    private final Scheduler clock;
    private volatile long waitUntil;
    private boolean told;

    RetentionGuard(Scheduler clock) {
        this.clock = clock;
        waitUntil = seconds();
    }

    /** Takes note of a clock that was set. */
    void note(ConnectionEvent event) {
        if (event instanceof ConnectionEvent.ClockSet set && set.by().compareTo(LEAST_STEP) > 0) {
            waitUntil = seconds() + TRUSTED_AFTER.toSeconds();
        }
    }

    /** Whether to delete by this time; tells once that it does not. */
    boolean trusts(HistoryStore store, Instant now) {
        boolean trusted = seconds() >= waitUntil && isKnown(store, now);
        if (!trusted && !told) {
            LogEvent.RETENTION_WAITS.log(
                    log,
                    "Retention deletes nothing for a day: the clock says %s, which is far after most of the history. Check the"
                            + " machine's clock.",
                    now);
        }
        told = !trusted;
        return trusted;
    }

    /** Whether the history was kept a day ago by this clock, or holds nothing older. */
    private static boolean isKnown(HistoryStore store, Instant now) {
        Instant newest = now.minus(TRUSTED_AFTER);
        Instant oldest = now.minus(LONGEST_ABSENCE);
        return hasSample(store, oldest, newest) || !hasSample(store, Instant.EPOCH, oldest);
    }

    private static boolean hasSample(HistoryStore store, Instant from, Instant to) {
        return !store.samples(Step.HOUR, from, to, 1).isEmpty()
                || !store.samples(Step.DAY, from, to, 1).isEmpty();
    }

    private long seconds() {
        long nanos = clock.now(TimeUnit.NANOSECONDS); // a day's wait, whatever the wall clock says
        return TimeUnit.NANOSECONDS.toSeconds(nanos);
    }
}
