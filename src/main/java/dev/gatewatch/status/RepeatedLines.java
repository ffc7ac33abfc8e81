package dev.gatewatch.status;

import dev.gatewatch.connection.ConnectionEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds repeats within a run of alike lines, so that an outage of hours is a few lines, and tells at its end how many were left out.
 *
 * <p>Used from one thread.
 */
final class RepeatedLines {

    /** How many different lines a run may have; what comes beyond counts as a repeat. */
    private static final int MOST_DIFFERENT = 50;

    private final Set<String> seen = new HashSet<>();
    private @Nullable Instant since;
    private int folded;

    /** Whether this run has had such a line already; counts it if so. */
    boolean isRepeat(String line, Instant at) {
        if (since == null) {
            since = at;
        }
        if (seen.contains(line) || seen.size() >= MOST_DIFFERENT) {
            folded++;
            return true;
        }
        seen.add(line);
        return false;
    }

    /** The clock was set: the run keeps its length. */
    void move(ConnectionEvent.ClockSet set) {
        since = since == null ? null : set.moved(since);
    }

    /** Ends the run; what was left out in words, empty when nothing was. */
    Optional<String> end(Instant at) {
        Instant begin = since;
        int count = folded;
        seen.clear();
        since = null;
        folded = 0;
        if (count == 0 || begin == null) {
            return Optional.empty();
        }
        return Optional.of(count + " repeated " + (count == 1 ? "line" : "lines") + " left out since " + begin + " ("
                + Duration.between(begin, at).toSeconds() + " s)");
    }
}
