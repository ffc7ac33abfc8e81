package dev.gatewatch.terminal;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /discord-status} said; what an older server does not say is null or empty.
 *
 * @param latency in milliseconds
 * @param time the server's clock when it answered
 * @param json the answer as it came
 */
record Reading(
        String status,
        @Nullable Long attempts,
        @Nullable Long uptimeSeconds,
        @Nullable Long recentErrors,
        @Nullable Long guilds,
        @Nullable Long users,
        @Nullable Double latency,
        @Nullable Instant time,
        @Nullable Fault lastError,
        @Nullable Budget budget,
        List<Shard> shards,
        String json) {

    private static final String CONNECTED = "connected";

    static Reading of(Fields fields, String json) {
        Fields budget = fields.has("identify") ? fields.object("identify") : fields.object("identify_budget");
        return new Reading(
                fields.text("status", "unknown"),
                fields.whole("connection_attempts"),
                fields.whole("uptime_seconds"),
                fields.whole("recent_errors"),
                fields.whole("guilds"),
                fields.whole("users"),
                fields.number("latency"),
                fields.time("timestamp"),
                Fault.of(fields.object("last_error")),
                Budget.of(budget),
                fields.list("shards").stream().map(Shard::of).toList(),
                json);
    }

    boolean isConnected() {
        return status.equals(CONNECTED);
    }

    /** The shard that is tried next, if one is away and has a plan. */
    @Nullable
    Shard nextTried() {
        return shards.stream()
                .filter(shard -> shard.next() != null)
                .min(Comparator.comparing(
                        shard -> Objects.requireNonNull(shard.next()).at()))
                .orElse(null);
    }

    /** Why a shard is stopped, with what to do about it. */
    @Nullable
    String stopped() {
        return shards.stream()
                .map(Shard::stopped)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** How long the shard that is away longest has been; null when none is, or nothing is told about them. */
    @Nullable
    Duration away() {
        Instant now = time;
        Stream<Instant> losses = shards.stream()
                .filter(shard -> !shard.isConnected())
                .map(Shard::awaySince)
                .filter(Objects::nonNull);
        return now == null
                ? null
                : losses.min(Comparator.naturalOrder())
                        .map(since -> Duration.between(since, now))
                        .orElse(null);
    }

    /**
     * The last error.
     *
     * @param time null when it is not told
     */
    record Fault(@Nullable Instant time, String kind, String message) {

        static @Nullable Fault of(@Nullable Fields fields) {
            return fields == null
                    ? null
                    : new Fault(fields.time("time"), fields.text("kind", ""), fields.text("message", ""));
        }
    }

    /** How many IDENTIFYs are left of the day's. */
    record Budget(
            long total,
            long remaining,
            @Nullable Long reserve,
            @Nullable Instant resetAt,
            @Nullable Instant emptyAt) {

        static @Nullable Budget of(@Nullable Fields fields) {
            Long total = fields == null ? null : fields.whole("total");
            Long remaining = fields == null ? null : fields.whole("remaining");
            return fields == null || total == null || remaining == null
                    ? null
                    : new Budget(
                            total,
                            remaining,
                            fields.whole("reserve"),
                            fields.time("reset_at"),
                            fields.time("forecast_exhaustion_at"));
        }
    }

    /** What is tried next, and when. */
    record Next(String recovery, Instant at, String reason) {

        static @Nullable Next of(@Nullable Fields fields) {
            Instant at = fields == null ? null : fields.time("at");
            return fields == null || at == null
                    ? null
                    : new Next(fields.text("recovery", "connect"), at, fields.text("reason", ""));
        }
    }

    /** One shard. */
    record Shard(
            long number,
            String phase,
            @Nullable Instant awaySince,
            @Nullable Double latency,
            long attempts,
            @Nullable Next next,
            @Nullable String stopped) {

        static Shard of(Fields fields) {
            Fields loss = fields.object("last_disconnect");
            Instant lost = loss == null ? null : loss.time("time");
            Fields stop = fields.object("stopped");
            Long number = fields.whole("shard");
            Long attempts = fields.whole("attempts");
            return new Shard(
                    number == null ? 0 : number,
                    fields.text("phase", "unknown"),
                    lost == null ? fields.time("phase_since") : lost,
                    fields.number("latency"),
                    attempts == null ? 0 : attempts,
                    Next.of(fields.object("next_attempt")),
                    stop == null
                            ? null
                            : stop.text("reason", "").replaceFirst("\\.?$", ". ") + stop.text("remedy", ""));
        }

        boolean isConnected() {
            return phase.equals(CONNECTED);
        }
    }
}
