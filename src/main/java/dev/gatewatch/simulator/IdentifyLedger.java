package dev.gatewatch.simulator;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps the books of IDENTIFYs: 1,000 a day over all shards, and one per bucket and 5 seconds.
 *
 * <p>A spent budget resets the token, which is the worst that can happen to a bot. See [Discord Docs/Gateway/Rate
 * Limiting] and [Discord Docs/Gateway/Identifying].
 */
final class IdentifyLedger {

    static final Duration DAY = Duration.ofHours(24);

    /** Arrival times jitter: a client that waits its five seconds must not be blamed for the network's. */
    private static final long TOLERANCE_MILLIS = 100;

    private final int limit;
    private final Duration window;
    private final Map<Integer, Long> lastByBucket = new HashMap<>();
    private long resetAt;
    private int spent;
    private int spentEver;

    IdentifyLedger(int limit, Duration window, long nowMillis) {
        this.limit = limit;
        this.window = window;
        this.resetAt = nowMillis + DAY.toMillis();
    }

    /** What came of an IDENTIFY. */
    enum Verdict {
        ACCEPTED,
        TOO_SOON,
        BUDGET_EXCEEDED
    }

    /** Books one IDENTIFY. */
    Verdict spend(int shard, int maxConcurrency, long nowMillis) {
        roll(nowMillis);
        spent++;
        spentEver++;
        if (spent > limit) {
            return Verdict.BUDGET_EXCEEDED;
        }
        int bucket = shard % maxConcurrency;
        long earliest = lastByBucket.getOrDefault(bucket, Long.MIN_VALUE / 2) + window.toMillis() - TOLERANCE_MILLIS;
        if (nowMillis < earliest) {
            return Verdict.TOO_SOON; // the window began with the last IDENTIFY that was not refused
        }
        lastByBucket.put(bucket, nowMillis);
        return Verdict.ACCEPTED;
    }

    int total() {
        return limit;
    }

    int remaining(long nowMillis) {
        roll(nowMillis);
        return Math.max(0, limit - spent);
    }

    /** Milliseconds until the budget is whole again. */
    long resetAfter(long nowMillis) {
        roll(nowMillis);
        return resetAt - nowMillis;
    }

    /** IDENTIFYs since the start, refused ones included. */
    int spentEver() {
        return spentEver;
    }

    int spentToday() {
        return spent;
    }

    long resetAt() {
        return resetAt;
    }

    /** Takes over the books of an earlier run. */
    void restore(int spentBefore, long resetAtBefore) {
        spent = spentBefore;
        resetAt = resetAtBefore;
    }

    private void roll(long nowMillis) {
        while (nowMillis >= resetAt) {
            resetAt += DAY.toMillis();
            spent = 0;
        }
    }
}
