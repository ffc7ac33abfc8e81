package dev.gatewatch.terminal;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An observation as a block of plain lines. */
final class PlainBlock {

    private PlainBlock() {}

    static String of(Observation seen, ServerAddress address, int failures, Instant now) {
        Judgement judgement = seen.judgement();
        StringBuilder block = new StringBuilder(now + "  " + judgement.state().name() + ": " + judgement.reason());
        Reading reading = seen.reading();
        if (reading == null) {
            return block.append(System.lineSeparator())
                    .append("  ")
                    .append(Words.count(failures, "failure"))
                    .append(" in a row at ")
                    .append(address)
                    .append("; trying on")
                    .append(System.lineSeparator())
                    .toString();
        }
        @Nullable String none = reading.shards().isEmpty() ? null : "none"; // an old server tells of neither
        add(block, "status", reading.status());
        add(block, "uptime", seconds(reading.uptimeSeconds()));
        add(block, "latency", reading.latency() == null ? null : Words.millis(reading.latency()));
        add(block, "guilds", number(reading.guilds()));
        add(block, "users", number(reading.users()));
        add(block, "attempts", number(reading.attempts()));
        add(block, "recent errors", number(reading.recentErrors()));
        add(
                block,
                "last error",
                reading.lastError() == null ? none : reading.lastError().message());
        Reading.Shard shard = reading.nextTried();
        Reading.Next next = shard == null ? null : shard.next();
        add(block, "next attempt", next == null ? none : next.at() + ", " + next.recovery() + ": " + next.reason());
        Reading.Budget budget = reading.budget();
        add(block, "IDENTIFYs", budget == null ? null : budget.remaining() + " of " + budget.total() + " left");
        return block.append(System.lineSeparator()).toString();
    }

    private static void add(StringBuilder block, String label, @Nullable String value) {
        block.append(System.lineSeparator())
                .append("  ")
                .append(label)
                .append(" ".repeat(Math.max(1, 15 - label.length())))
                .append(value == null ? "unknown" : value);
    }

    private static @Nullable String number(@Nullable Long number) {
        return number == null ? null : Words.count(number);
    }

    private static @Nullable String seconds(@Nullable Long seconds) {
        return seconds == null ? null : Words.duration(Duration.ofSeconds(seconds));
    }
}
