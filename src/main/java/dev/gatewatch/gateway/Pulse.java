package dev.gatewatch.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;

/**
 * The signs of life of one connection. Thread-safe; times are monotonic, so that a clock that jumps means nothing.
 *
 * <p>Silence is measured on any inbound frame: a flood of dispatches that delays the ACKs is not silence.
 */
final class Pulse {

    private final Scheduler clock;
    private long lastFrame;
    private Instant lastSign;
    private long lastAck;
    private long oldestBeat;
    private long lastBeat;
    private long firstBeatSinceFrame;
    private boolean beatSinceFrame;
    private int unacknowledged;

    Pulse(Scheduler clock) {
        this.clock = clock;
        lastFrame = now();
        lastSign = wallTime();
        lastAck = lastFrame;
    }

    synchronized void frameArrived() {
        lastFrame = now();
        lastSign = wallTime();
        beatSinceFrame = false;
    }

    synchronized void beatSent() {
        lastBeat = now();
        if (!beatSinceFrame) {
            firstBeatSinceFrame = lastBeat;
            beatSinceFrame = true;
        }
        if (unacknowledged++ == 0) {
            oldestBeat = lastBeat;
        }
    }

    /** Takes note of an ACK and tells the round trip of the heartbeat it answers. */
    synchronized Duration acknowledged() {
        lastAck = now();
        Duration roundTrip = Duration.ofNanos(lastAck - (unacknowledged == 0 ? lastAck : oldestBeat));
        unacknowledged = Math.max(0, unacknowledged - 1);
        oldestBeat = lastBeat;
        return roundTrip;
    }

    /** When the last frame arrived, by the wall clock: what is kept beyond this process needs a time that others understand. */
    synchronized Instant lastSign() {
        return lastSign;
    }

    /** How long no frame has arrived. */
    synchronized Duration silence() {
        return Duration.ofNanos(now() - lastFrame);
    }

    /** How long the oldest heartbeat has waited for its ACK; zero when none waits. */
    synchronized Duration awaitingAck() {
        return unacknowledged == 0 ? Duration.ZERO : Duration.ofNanos(now() - oldestBeat);
    }

    /** Whether a heartbeat was sent after the last frame, and nothing has arrived since. */
    synchronized boolean unanswered() {
        return beatSinceFrame;
    }

    /** How long a heartbeat sent after the last frame has gone without any frame; zero when there is none. */
    synchronized Duration unansweredFor() {
        return beatSinceFrame ? Duration.ofNanos(now() - firstBeatSinceFrame) : Duration.ZERO;
    }

    /** How long ago the last ACK arrived, or the connection was opened. */
    synchronized Duration ackAge() {
        return Duration.ofNanos(now() - lastAck);
    }

    private long now() {
        return clock.now(TimeUnit.NANOSECONDS);
    }

    private Instant wallTime() {
        return Instant.ofEpochMilli(clock.now(TimeUnit.MILLISECONDS));
    }
}
