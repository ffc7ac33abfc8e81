package dev.gatewatch.history;

import dev.gatewatch.connection.Endpoint;
import dev.gatewatch.connection.Failure;
import dev.gatewatch.connection.Recovery;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One fact as it is stored.
 *
 * @param id unique, and in the order in which the facts became known
 * @param instance whose fact it is
 * @param shard the shard's index, from 0
 * @param at when it happened, in whole milliseconds
 * @param kind what happened
 * @param detail the rest, as far as the kind has it
 */
@RegisterForReflection
public record StoredEvent(String id, String instance, int shard, Instant at, EventKind kind, Detail detail)
        implements HistoryEntry {

    /**
     * What kinds of events have beside their time and place; absent where it has no meaning.
     *
     * @param attempt the attempt's number, from 1; for {@link EventKind#EXHAUSTED} how many failed
     * @param recovery what is tried or planned
     * @param endpoint where it is tried
     * @param cause the kind of a failure or an error
     * @param code a close code or an HTTP status
     * @param duration the heartbeat interval, the planned delay, the wait the other side asked for, how long the process did not
     *     run, or how far the clock was set: negative when it was set back
     * @param replayed how many missed dispatches a resume brought
     * @param message words for people
     */
    @RegisterForReflection
    public record Detail(
            @Nullable Integer attempt,
            @Nullable Recovery recovery,
            @Nullable Endpoint endpoint,
            @Nullable String cause,
            @Nullable Integer code,
            @Nullable Duration duration,
            @Nullable Integer replayed,
            @Nullable String message) {

        private static final int MOST_CHARACTERS = 2_000;

        public Detail {
            if (message != null && message.length() > MOST_CHARACTERS) {
                message = message.substring(0, MOST_CHARACTERS) + "…";
            }
        }

        /** Nothing. */
        public static final Detail NONE = new Detail(null, null, null, null, null, null, null, null);

        /** Only an attempt's number. */
        static Detail attempt(int attempt) {
            return new Detail(attempt, null, null, null, null, null, null, null);
        }

        /** A failure. */
        static Detail failure(Failure failure) {
            return new Detail(
                    null,
                    null,
                    null,
                    failure.kind().name(),
                    failure.code(),
                    failure.retryAfter(),
                    null,
                    failure.message());
        }

        /** An error, or a finding, in words. */
        static Detail words(@Nullable String cause, String message) {
            return new Detail(null, null, null, cause, null, null, null, message);
        }

        /** A span of time, with words. */
        static Detail lasting(Duration duration, String message) {
            return new Detail(null, null, null, null, null, duration, null, message);
        }

        /** Only a span of time. */
        static Detail duration(Duration duration) {
            return new Detail(null, null, null, null, null, duration, null, null);
        }

        /** This with an attempt's number. */
        Detail withAttempt(int number) {
            return new Detail(number, recovery, endpoint, cause, code, duration, replayed, message);
        }

        /** This with what is tried, and where. */
        Detail with(Recovery tried, Endpoint where) {
            return new Detail(attempt, tried, where, cause, code, duration, replayed, message);
        }
    }
}
