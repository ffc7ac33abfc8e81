package dev.gatewatch.simulator;

import java.time.Duration;

/**
 * Judges whether a client has stopped sending heartbeats; see [Discord Docs/Gateway/Sending Heartbeats].
 *
 * <p>One that was not asked for long stood still itself, on a busy or a sleeping machine, on which the client may well
 * have stood still too: it judges when it is next asked.
 */
final class HeartbeatWatch {

    /** Intervals without a heartbeat before the client is given up. */
    private static final double PATIENCE = 2.5;

    /** Intervals without being asked that are a standstill. */
    private static final double STANDSTILL = 1.5;

    private final long interval;
    private long heardAt;
    private long askedAt;

    /**
     * @param interval what HELLO says
     * @param now in milliseconds, as everywhere here
     */
    HeartbeatWatch(Duration interval, long now) {
        this.interval = interval.toMillis();
        heardAt = now;
        askedAt = now;
    }

    /** A heartbeat came, or HELLO was sent. */
    void heard(long now) {
        heardAt = now;
    }

    /** Milliseconds since the last heartbeat, or since HELLO. */
    long silence(long now) {
        return now - heardAt;
    }

    /** Whether the client is given up; to be asked every half interval. */
    boolean isOver(long now) {
        boolean stoodStill = now - askedAt > interval * STANDSTILL;
        askedAt = now;
        return !stoodStill && silence(now) > interval * PATIENCE;
    }
}
