package dev.gatewatch.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The times of the latest errors, oldest first; immutable.
 *
 * @param times at most {@value #CAPACITY}, so that an error storm costs no memory
 */
public record RecentErrors(List<Instant> times) {

    /** No error yet. */
    public static final RecentErrors NONE = new RecentErrors(List.of());

    static final int CAPACITY = 1_000;

    public RecentErrors {
        times = List.copyOf(times);
    }

    /** These and one more. */
    public RecentErrors plus(Instant at) {
        List<Instant> kept = new ArrayList<>(times.subList(Math.max(0, times.size() - CAPACITY + 1), times.size()));
        kept.add(at);
        return new RecentErrors(kept);
    }

    /** How many of them are younger than {@code window}. */
    public int within(Duration window, Instant now) {
        Instant oldest = now.minus(window);
        return (int) times.stream().filter(oldest::isBefore).count();
    }
}
