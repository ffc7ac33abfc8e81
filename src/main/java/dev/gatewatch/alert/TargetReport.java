package dev.gatewatch.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a target does; holds no secret.
 *
 * @param name its kind and its place among all targets, from 1
 * @param kind its kind
 * @param state whether it takes messages
 * @param queued how many messages wait for it
 * @param last the last attempt; null before the first since the start
 * @param nextAttempt when the first of those that wait is tried again; null when nothing waits for that
 */
public record TargetReport(
        String name,
        String kind,
        State state,
        int queued,
        @Nullable Last last,
        @Nullable Instant nextAttempt) {

    /** Whether a target takes messages. */
    public enum State {
        READY,
        /** The last message was not taken; it is tried again. */
        RETRYING,
        /** A webhook on Discord that is given up: nothing is sent until a test alert gets through, or until the next start. */
        GONE
    }

    /**
     * The last attempt.
     *
     * @param at when it ended
     * @param alert what it was about
     * @param delivery how it ended
     */
    public record Last(Instant at, String alert, Delivery delivery) {}
}
