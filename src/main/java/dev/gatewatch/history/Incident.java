package dev.gatewatch.history;

import dev.gatewatch.connection.Recovery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One stretch of time in which a shard was not connected; immutable.
 *
 * <p>Every loss is kept, since every second counts as downtime; one that heals within a blip is not shown as an incident.
 *
 * @param id the id of the event it began with
 * @param instance whose shard it was
 * @param shard the shard's index
 * @param start when it left connected
 * @param end when it was back; null while it is not
 * @param cause the first failure's kind, or {@link #PROCESS_DOWN}
 * @param message the first failure in words
 * @param failures every failure of the incident, counted
 * @param attempts how many attempts were begun
 * @param recovery how it came back, {@code RESUME} or {@code IDENTIFY}; null while it has not, and when it is not run any more
 * @param statusPage the last word of Discord's status page, null when it was not asked
 * @param verdict whose fault it was
 */
public record Incident(
        String id,
        String instance,
        int shard,
        Instant start,
        @Nullable Instant end,
        String cause,
        String message,
        FailureCounts failures,
        int attempts,
        @Nullable Recovery recovery,
        @Nullable String statusPage,
        Verdict verdict) {

    /** The cause of a gap in which Gatewatch itself did not run. */
    public static final String PROCESS_DOWN = "PROCESS_DOWN";

    /** A new one, with nothing known but its cause. */
    static Incident open(StoredEvent event, Instant start, String cause, String message) {
        return new Incident(
                event.id(),
                event.instance(),
                event.shard(),
                start,
                null,
                cause,
                message,
                FailureCounts.NONE.plus(cause, event.detail().code()),
                0,
                null,
                null,
                Verdict.UNKNOWN);
    }

    /** Whether it is known at this time: what begins or ends later was noted by a clock that was ahead. */
    boolean isOf(Instant at) {
        return !start.isAfter(at) && (end == null || !end.isAfter(at));
    }

    /** Whether the shard is still away. */
    public boolean isOpen() {
        return end == null;
    }

    /** How long it lasted, or has lasted until now. */
    public Duration duration(Instant now) {
        Instant until = Optional.ofNullable(end).orElse(now);
        return until.isBefore(start) ? Duration.ZERO : Duration.between(start, until);
    }

    /** The close codes that occurred, in the order of their first time. */
    public List<Integer> closeCodes() {
        return failures.closeCodes();
    }

    /** With an earlier beginning, and the cause that was there then. */
    Incident begun(Instant at, String earlier, String words) {
        FailureCounts all = failures.has(earlier, null) ? failures : failures.plus(earlier, null);
        return new Incident(id, instance, shard, at, end, earlier, words, all, attempts, recovery, statusPage, verdict);
    }

    /** With another beginning, since the clock was set. */
    Incident begun(Instant at) {
        return new Incident(
                id, instance, shard, at, end, cause, message, failures, attempts, recovery, statusPage, verdict);
    }

    /** Not over after all. */
    Incident reopened() {
        return new Incident(
                id, instance, shard, start, null, cause, message, failures, attempts, recovery, statusPage, verdict);
    }

    Incident withFailure(String kind, @Nullable Integer code) {
        return new Incident(
                id,
                instance,
                shard,
                start,
                end,
                cause,
                message,
                failures.plus(kind, code),
                attempts,
                recovery,
                statusPage,
                verdict);
    }

    Incident withAttempt() {
        return new Incident(
                id, instance, shard, start, end, cause, message, failures, attempts + 1, recovery, statusPage, verdict);
    }

    Incident withStatusPage(String word) {
        return new Incident(
                id, instance, shard, start, end, cause, message, failures, attempts, recovery, word, verdict);
    }

    Incident closed(Instant at, @Nullable Recovery how) {
        Instant ended = at.isBefore(start) ? start : at;
        return new Incident(
                id, instance, shard, start, ended, cause, message, failures, attempts, how, statusPage, verdict);
    }

    Incident judged(Verdict judgement) {
        return new Incident(
                id, instance, shard, start, end, cause, message, failures, attempts, recovery, statusPage, judgement);
    }
}
