package dev.gatewatch.alert;

import dev.gatewatch.history.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is told, whatever the target; immutable, without any secret.
 *
 * @param id unique and in the order of time: receivers recognise a repeated delivery by it
 * @param instance whose alert, see {@code GATEWATCH_INSTANCE_ID}
 * @param alert the alert's id, the same in every message about it
 * @param occasion why it is sent
 * @param rule what it is about, in one word
 * @param severity how bad it is
 * @param title one line
 * @param text more, in sentences
 * @param at when it was decided
 * @param since when the cause began
 * @param duration how long it lasted, or has lasted
 * @param shards the shards it is about
 * @param shardCount how many there are
 * @param remedy what a person can do; null when there is nothing to do but wait
 * @param verdict whose fault it was; null while it is not over, and when the history does not tell
 */
record AlertMessage(
        String id,
        String instance,
        String alert,
        Occasion occasion,
        String rule,
        Severity severity,
        String title,
        String text,
        Instant at,
        Instant since,
        Duration duration,
        List<Integer> shards,
        int shardCount,
        @Nullable String remedy,
        @Nullable Verdict verdict) {

    AlertMessage {
        shards = List.copyOf(shards);
    }

    /** Tries whether messages arrive. */
    static AlertMessage test(String id, String instance, Instant now) {
        return new AlertMessage(
                id,
                instance,
                "test",
                Occasion.TEST,
                "test",
                Severity.WARNING,
                "Gatewatch test alert",
                "An operator asked for this message, to see that alerts arrive here. Nothing is wrong.",
                now,
                now,
                Duration.ZERO,
                List.of(),
                0,
                null,
                null);
    }

    /** What a notice says, with the verdict if there is one. */
    static AlertMessage of(Notice notice, String id, String instance, @Nullable Verdict verdict) {
        OpenAlert alert = notice.alert();
        Instant end = notice.ended() == null ? notice.at() : notice.ended();
        Duration duration = end.isBefore(alert.since()) ? Duration.ZERO : Duration.between(alert.since(), end);
        return new AlertMessage(
                id,
                instance,
                alert.id(),
                notice.occasion(),
                alert.rule().word(),
                alert.severity(),
                title(notice, duration),
                text(notice, end, verdict),
                notice.at(),
                alert.since(),
                duration,
                List.copyOf(alert.shards()),
                notice.shardCount(),
                notice.remedy(),
                verdict);
    }

    private static String title(Notice notice, Duration duration) {
        return switch (notice.occasion()) {
            case OPENED, TEST -> notice.headline();
            case ESCALATED -> "Worse: " + notice.headline();
            case REMINDER -> "Still: " + notice.headline();
            case RESOLVED -> notice.headline() + " after " + Words.of(duration);
        };
    }

    private static String text(Notice notice, Instant end, @Nullable Verdict verdict) {
        if (notice.occasion() != Occasion.RESOLVED) {
            return notice.detail();
        }
        OpenAlert alert = notice.alert();
        String span =
                "\"" + alert.headline() + "\" lasted from " + Words.of(alert.since()) + " to " + Words.of(end) + ".";
        if (alert.rule() != AlertRule.GATEWAY_DOWN) {
            return span;
        }
        return span
                + (verdict == null
                        ? " The history has no verdict on it."
                        : " Verdict: " + Verdicts.words(verdict) + ".");
    }
}
