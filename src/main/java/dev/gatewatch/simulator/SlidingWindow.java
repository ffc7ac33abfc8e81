package dev.gatewatch.simulator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Counts what happens within a time that moves along, against a limit. */
final class SlidingWindow {

    private final int limit;
    private final long windowMillis;
    private final Deque<Long> times = new ArrayDeque<>();

    SlidingWindow(int limit, Duration window) {
        this.limit = limit;
        this.windowMillis = window.toMillis();
    }

    /** Counts one; false when it is one too many. */
    boolean accepts(long nowMillis) {
        while (!times.isEmpty() && times.peekFirst() <= nowMillis - windowMillis) {
            times.removeFirst();
        }
        times.addLast(nowMillis);
        return times.size() <= limit;
    }
}
