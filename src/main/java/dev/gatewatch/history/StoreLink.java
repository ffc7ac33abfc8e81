package dev.gatewatch.history;

import dev.gatewatch.connection.ForeignText;
import dev.gatewatch.log.LogEvent;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * The way to the database: opens it, notices when it fails, and opens it again after a while.
 *
 * <p>Opening and failing happen on the writer's thread; everybody may read the state and borrow the store.
 */
final class StoreLink {

    private static final Logger log = Logger.getLogger(StoreLink.class);

    /** Waits between attempts double from the first to the longest. */
    private static final long FIRST_WAIT_MILLIS = 500;

    private static final long LONGEST_WAIT_MILLIS = 15_000;

    private final Database database;
    private final Scheduler clock;
    private volatile @Nullable HistoryStore store;
    private volatile @Nullable RuntimeException trouble;
    private volatile boolean healthy;
    private long wait = FIRST_WAIT_MILLIS;
    private long nextAttempt;

    StoreLink(Database database, Scheduler clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The open store; opens it if need be and if it is time. */
    HistoryStore connect() {
        HistoryStore open = store;
        if (open != null && healthy) {
            return open;
        }
        RuntimeException last = trouble;
        if (last != null && waitMillis() > 0) {
            throw last;
        }
        open = reopen();
        store = open;
        return open;
    }

    /** The store as it was last opened, for reading. */
    HistoryStore borrow() {
        HistoryStore open = store;
        if (open == null) {
            RuntimeException last = trouble;
            throw last != null ? last : new HistoryUnavailableException("The history is not open yet");
        }
        return open;
    }

    /** Looks whether the open database is still there; throws when it is not. */
    void verify() {
        database.verify();
    }

    /** Something was written. */
    void worked() {
        if (!healthy) {
            if (trouble != null) {
                LogEvent.HISTORY_UP.log(log, "The history in %s works again", database.name());
            }
            healthy = true;
            trouble = null;
            wait = FIRST_WAIT_MILLIS;
        }
    }

    /** Something could not be written. */
    void failed(RuntimeException failure) {
        if (trouble == null) {
            LogEvent.HISTORY_DOWN.log(
                    log,
                    "The history in %s does not work: %s. Events wait in memory and in the journal until it does; the gateway"
                            + " connection does not depend on it.",
                    database.name(),
                    reason(failure));
        } else {
            log.debugf("The history in %s still does not work: %s", database.name(), reason(failure));
        }
        healthy = false;
        trouble = failure;
        nextAttempt = now() + wait;
        wait = Math.min(wait * 2, LONGEST_WAIT_MILLIS);
        if (database.isCorrupt(failure)) {
            try {
                setAside();
            } catch (RuntimeException e) {
                log.debugf("%s could not be set aside; opening it tries again: %s", database.name(), reason(e));
            }
        }
    }

    /** How long until the next attempt makes sense; zero when it does now. */
    long waitMillis() {
        return healthy || trouble == null ? 0 : Math.max(0, nextAttempt - now());
    }

    boolean isHealthy() {
        return healthy;
    }

    /** Why it does not work; null while it does, and before the first attempt. */
    @Nullable
    RuntimeException trouble() {
        return trouble;
    }

    void close() {
        healthy = false;
        store = null;
        database.close();
    }

    /** The causes' words, from the outermost in. */
    static String reason(Throwable failure) {
        StringBuilder words = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message =
                    String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
            if (words.indexOf(message) < 0) {
                words.append(words.isEmpty() ? "" : ": ").append(message);
            }
        }
        return ForeignText.clean(words.toString());
    }

    private HistoryStore reopen() {
        try {
            return database.open();
        } catch (RuntimeException e) {
            if (!database.isCorrupt(e)) {
                throw e;
            }
            setAside();
            return database.open();
        }
    }

    private void setAside() {
        store = null;
        String whereabouts = database.setAside()
                .map(aside ->
                        "It is set aside as %1$s, and a new one is begun. To look into the old one: sqlite3 %1$s .recover"
                                .formatted(aside))
                .orElse("Nothing of it is left, and a new one is begun.");
        LogEvent.HISTORY_CORRUPT.log(log, "The history in %s was CORRUPT. %s", database.name(), whereabouts);
        nextAttempt = now();
    }

    private long now() {
        long nanos = clock.now(TimeUnit.NANOSECONDS); // the wall clock may be set while we wait
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
