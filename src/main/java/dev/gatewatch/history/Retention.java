package dev.gatewatch.history;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.log.LogEvent;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;
import reactor.core.scheduler.Scheduler;

/** Deletes what has been kept for long enough, in bounded batches, and gives the space back. */
final class Retention {

    static final int BATCH = 1_000;

    private static final Logger log = Logger.getLogger(Retention.class);

    private final HistoryConfig config;
    private final RetentionGuard guard;

    Retention(HistoryConfig config, Scheduler clock) {
        this.config = config;
        guard = new RetentionGuard(clock);
    }

    /** Takes note of a fact. */
    void note(ConnectionEvent event) {
        guard.note(event);
    }

    /**
     * Prunes every tier, unless the clock cannot be trusted; tells how many rows went. Each batch is a transaction of its own, so that
     * the writer gets its turn.
     */
    int prune(HistoryStore store, Instant now) {
        if (!guard.trusts(store, now)) {
            return 0;
        }
        int total = 0;
        for (Tier tier : Tier.values()) {
            int pruned;
            do {
                pruned = store.prune(tier, before(tier, now), BATCH);
                total += pruned;
            } while (pruned >= BATCH);
        }
        if (total > 0) {
            boolean more = true;
            while (more) {
                more = store.compact();
            }
            LogEvent.HISTORY_PRUNED.log(log, "Retention: %d rows of the history deleted", total);
        }
        return total;
    }

    /** Minutes go an hour at a time, and hours a day at a time: what was made of them can then still be made anew. */
    private Instant before(Tier tier, Instant now) {
        Instant before = now.minus(kept(tier));
        return switch (tier) {
            case MINUTES -> Step.HOUR.floor(before);
            case HOURS -> Step.DAY.floor(before);
            case EVENTS, INCIDENTS, DAYS -> before;
        };
    }

    private Duration kept(Tier tier) {
        return switch (tier) {
            case EVENTS -> config.retentionEvents();
            case INCIDENTS -> config.retentionIncidents();
            case MINUTES -> config.retentionMinutes();
            case HOURS -> config.retentionHours();
            case DAYS -> config.retentionDays();
        };
    }
}
