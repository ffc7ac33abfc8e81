package dev.gatewatch.simulator;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Counts one connection's payloads: 120 in any 60 seconds are allowed.
 *
 * <p>See [Discord Docs/Gateway/Rate Limiting].
 */
final class SendLimit {

    private static final int LIMIT = 120;
    private static final long WINDOW_MILLIS = 60_000;

    private final Deque<Long> sent = new ArrayDeque<>();

    /** Counts one payload; false when it is one too many. */
    boolean accepts(long nowMillis) {
        while (!sent.isEmpty() && sent.peekFirst() <= nowMillis - WINDOW_MILLIS) {
            sent.removeFirst();
        }
        sent.addLast(nowMillis);
        return sent.size() <= LIMIT;
    }
}
