package dev.gatewatch.gateway;

import dev.gatewatch.connection.Failure;
import java.time.Duration;

/**
 * Tells a silent connection from a dead one, long before Discord's heartbeat interval would.
 *
 * <p>After a while without any frame it asks for a heartbeat ahead of its time; without any frame after that, the connection
 * is dead. Frames without a single ACK are given two intervals, the heartbeat timeout at most and 10 s at least: ACKs may queue
 * behind a flood. A heartbeat every few seconds of silence stays far below the 120 sends a minute that Discord allows.
 *
 * <p>See [Discord Docs/Gateway/Heartbeat Interval] and [Discord Docs/Gateway/Rate Limiting].
 */
final class HeartbeatWatchdog {

    /** The most silence before a heartbeat is sent early. */
    static final Duration QUIET = Duration.ofSeconds(4);

    /** The most patience with its answer: well above any round trip, and with {@link #QUIET} below 15 s. */
    static final Duration ANSWER = Duration.ofSeconds(7);

    /** The least of both: however short the interval, heartbeats stay at about one a second. */
    static final Duration LEAST = Duration.ofSeconds(1);

    private static final Duration LEAST_ACK_TIMEOUT = Duration.ofSeconds(10);

    private final Pulse pulse;
    private final Duration quiet;
    private final Duration answer;
    private final Duration ackTimeout;
    private final Duration heartbeatTimeout;

    /**
     * @param pulse the connection's signs of life
     * @param heartbeatInterval what HELLO asked for
     * @param heartbeatTimeout the longest silence an operator allows
     */
    HeartbeatWatchdog(Pulse pulse, Duration heartbeatInterval, Duration heartbeatTimeout) {
        this.pulse = pulse;
        this.heartbeatTimeout = heartbeatTimeout;
        Duration least = Durations.min(heartbeatInterval, heartbeatTimeout);
        quiet = Durations.max(LEAST, Durations.min(QUIET, least.dividedBy(4)));
        answer =
                Durations.max(LEAST, Durations.min(ANSWER, least.multipliedBy(3).dividedBy(5)));
        ackTimeout =
                Durations.max(LEAST_ACK_TIMEOUT, Durations.min(heartbeatInterval.multipliedBy(2), heartbeatTimeout));
    }

    /** How often to ask for a verdict. */
    Duration tick() {
        return quiet.dividedBy(8);
    }

    /** What the signs of life say now. */
    Verdict verdict() {
        if (exceeds(pulse.silence(), heartbeatTimeout)
                || exceeds(pulse.unansweredFor(), answer)
                || exceeds(pulse.awaitingAck(), ackTimeout)) {
            return Verdict.DEAD;
        }
        return exceeds(pulse.silence(), quiet) && !pulse.unanswered() ? Verdict.PROBE : Verdict.ALIVE;
    }

    /** The failure to report with {@link Verdict#DEAD}. */
    Failure failure() {
        Duration silence = pulse.silence();
        return exceeds(silence, quiet)
                ? Failure.zombie(silence, "Silent for " + silence.toMillis() + " ms, though a heartbeat was sent")
                : Failure.zombie(
                        pulse.ackAge(),
                        "No heartbeat acknowledged for " + pulse.awaitingAck().toMillis() + " ms");
    }

    private static boolean exceeds(Duration value, Duration bound) {
        return value.compareTo(bound) >= 0;
    }

    /** What the signs of life say. */
    enum Verdict {
        ALIVE,
        /** Silent for a while: ask for a sign of life. */
        PROBE,
        /** Nothing more will come. */
        DEAD
    }
}
