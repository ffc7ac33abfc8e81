package dev.gatewatch.alert;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt to deliver a message ended; holds no secret.
 *
 * @param outcome how
 * @param status the HTTP status; null when there was no answer
 * @param words what happened, for people
 * @param retryAfter how long the target asked to be left alone; null when it did not
 */
public record Delivery(
        Outcome outcome,
        @Nullable Integer status,
        String words,
        @Nullable Duration retryAfter) {

    static Delivery of(Outcome outcome, @Nullable Integer status, String words) {
        return new Delivery(outcome, status, words, null);
    }

    /** How it can end; the names are tags of a metric. */
    public enum Outcome {
        /** The target took it. */
        DELIVERED,
        /** The target is away or busy: the same message is tried again later. */
        RETRIED,
        /** The target understood and does not want this message: the next one may do better. */
        REFUSED,
        /** The target is not there any more, or does not let us in. */
        GONE,
        /** It was not delivered in time. */
        EXPIRED;

        /** Its name in JSON and in metrics. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
