package dev.gatewatch.terminal;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An outage, as {@code /history/incidents} tells it.
 *
 * @param lasted null while it goes on
 * @param blame whose fault it was, with the confidence
 */
record PastIncident(Instant start, long shard, @Nullable Duration lasted, String cause, String message, String blame) {

    static @Nullable PastIncident of(Fields fields) {
        Instant start = fields.time("start");
        Long shard = fields.whole("shard");
        Double seconds = fields.number("duration_seconds");
        Fields verdict = fields.object("verdict");
        if (start == null) {
            return null;
        }
        return new PastIncident(
                start,
                shard == null ? 0 : shard,
                fields.is("open") || seconds == null ? null : Duration.ofMillis(Math.round(seconds * 1_000)),
                fields.text("cause", "unknown"),
                fields.text("message", ""),
                verdict == null
                        ? "unknown"
                        : verdict.text("blame", "unknown") + " (" + verdict.text("confidence", "low") + ")");
    }
}
