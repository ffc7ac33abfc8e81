package dev.gatewatch.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatewatch.connection.CloseCode;
import dev.gatewatch.connection.Failure;
import dev.gatewatch.connection.IdentifyBudget;
import dev.gatewatch.connection.Phase;
import dev.gatewatch.connection.ShardSnapshot;
import dev.gatewatch.connection.Snapshot;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The JSON of {@code /health} and {@code /discord-status}: names and types are a contract, see the README. */
@RegisterForReflection(ignoreNested = false) // a Response and the live stream do not tell their types
final class StatusViews {

    private StatusViews() {}

    static String status(Phase phase) {
        return phase.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Double millis(@Nullable Duration duration) {
        return duration == null ? null : Math.round(duration.toNanos() / 100_000.0) / 10.0;
    }

    private static @Nullable Double seconds(@Nullable Instant since, Instant now) {
        return since == null ? null : Duration.between(since, now).toMillis() / 1_000.0;
    }

    /** {@code GET /health}. */
    record HealthView(
            String status,
            Instant timestamp,
            String database,
            @JsonProperty("discord_bot") BotView discordBot,
            String version) {}

    /** The {@code discord_bot} of {@code /health}. */
    record BotView(String status, InfoView info) {}

    /** The {@code info} of {@code discord_bot}. */
    record InfoView(
            @JsonProperty("connection_attempts") int connectionAttempts,
            @JsonProperty("uptime_seconds") long uptimeSeconds,
            @JsonProperty("recent_errors") int recentErrors,
            @JsonProperty("last_connection") @Nullable Instant lastConnection) {

        static InfoView of(Snapshot snapshot, Duration window, Instant now) {
            return new InfoView(
                    snapshot.attempts(),
                    snapshot.uptime(now).toSeconds(),
                    snapshot.recentErrors(window, now),
                    snapshot.lastConnection().orElse(null));
        }
    }

    /** {@code GET /discord-status}. */
    record DiscordStatusView(
            String status,
            @JsonProperty("connection_attempts") int connectionAttempts,
            @JsonProperty("uptime_seconds") long uptimeSeconds,
            @JsonProperty("recent_errors") int recentErrors,
            @JsonProperty("last_connection") @Nullable Instant lastConnection,
            int guilds,
            long users,
            @Nullable Double latency,
            Instant timestamp,
            @JsonProperty("last_error") @Nullable ErrorView lastError,
            @JsonProperty("identify_budget") @Nullable BudgetView identifyBudget,
            @Nullable IdentifyView identify,
            @JsonProperty("next_attempt") @Nullable NextView nextAttempt,
            List<ShardView> shards) {

        static DiscordStatusView of(Snapshot snapshot, Duration window, Instant now) {
            InfoView info = InfoView.of(snapshot, window, now);
            return new DiscordStatusView(
                    StatusViews.status(snapshot.phase()),
                    info.connectionAttempts(),
                    info.uptimeSeconds(),
                    info.recentErrors(),
                    info.lastConnection(),
                    snapshot.guilds(),
                    snapshot.users(),
                    millis(snapshot.latency().orElse(null)),
                    now,
                    snapshot.lastError().map(ErrorView::of).orElse(null),
                    snapshot.budget() == null ? null : BudgetView.of(snapshot.budget(), now),
                    snapshot.budget() == null ? null : IdentifyView.of(snapshot.budget(), now),
                    snapshot.next().map(next -> NextView.of(next, now)).orElse(null),
                    snapshot.list().stream()
                            .map(shard -> ShardView.of(shard, now))
                            .toList());
        }
    }

    /** One element of the list of shards. */
    record ShardView(
            int shard,
            String phase,
            @JsonProperty("phase_since") Instant phaseSince,
            @JsonProperty("session_age_seconds") @Nullable Double sessionAgeSeconds,
            @Nullable Double latency,
            @JsonProperty("last_ack_age_seconds") @Nullable Double lastAckAgeSeconds,
            int attempts,
            int guilds,
            long users,
            @JsonProperty("next_attempt") @Nullable NextView nextAttempt,
            @JsonProperty("last_disconnect") @Nullable DisconnectView lastDisconnect,
            @JsonProperty("last_error") @Nullable ErrorView lastError,
            @Nullable StopView stopped) {

        static ShardView of(ShardSnapshot shard, Instant now) {
            ShardSnapshot.Next next = shard.next();
            return new ShardView(
                    shard.shard(),
                    StatusViews.status(shard.phase()),
                    shard.since(),
                    seconds(shard.sessionStart(), now),
                    millis(shard.latency()),
                    seconds(shard.lastAck(), now),
                    shard.attempts(),
                    shard.guilds(),
                    shard.users(),
                    next == null ? null : NextView.of(next, now),
                    shard.lastDisconnect() == null ? null : DisconnectView.of(shard.lastDisconnect()),
                    shard.lastError() == null ? null : ErrorView.of(shard.lastError()),
                    shard.stop() == null
                            ? null
                            : new StopView(
                                    shard.stop().failure().message(),
                                    shard.stop().remedy()));
        }
    }

    /** How many IDENTIFYs are left, and for how long they last if spending goes on as in the last hour. */
    record BudgetView(
            int total,
            int remaining,
            int reserve,
            @JsonProperty("reset_at") Instant resetAt,
            @JsonProperty("spent_last_hour") int spentLastHour,
            @JsonProperty("exhaustion_in_hours") @Nullable Double exhaustionInHours) {

        static BudgetView of(IdentifyBudget budget, Instant now) {
            Double hours =
                    budget.exhaustion(now).map(left -> left.toMinutes() / 60.0).orElse(null);
            return new BudgetView(
                    budget.total(),
                    budget.remaining(),
                    budget.reserve(),
                    budget.resetAt(),
                    budget.lastHour(now),
                    hours);
        }
    }

    /** The IDENTIFY budget in a nutshell, with the moment at which the reserve is reached if spending goes on as it does. */
    record IdentifyView(
            int remaining,
            int total,
            @JsonProperty("reset_at") Instant resetAt,
            int reserve,

            @JsonProperty("forecast_exhaustion_at") @Nullable
            Instant forecastExhaustionAt) {

        static IdentifyView of(IdentifyBudget budget, Instant now) {
            Instant exhausted = budget.exhaustion(now).map(now::plus).orElse(null);
            return new IdentifyView(budget.remaining(), budget.total(), budget.resetAt(), budget.reserve(), exhausted);
        }
    }

    /** What will be tried next, how and when. */
    record NextView(
            String recovery,
            Instant at,
            @JsonProperty("in_seconds") double inSeconds,
            String reason) {

        static NextView of(ShardSnapshot.Next next, Instant now) {
            double left = Math.max(0, Duration.between(now, next.due()).toMillis()) / 1_000.0;
            return new NextView(
                    next.plan().recovery().name().toLowerCase(Locale.ROOT),
                    next.due(),
                    left,
                    next.plan().reason());
        }
    }

    /** How the last connection ended. */
    record DisconnectView(
            Instant time,
            @JsonProperty("closed_by") String closedBy,
            String cause,
            @Nullable Integer code,
            @Nullable String name,
            String reason) {

        static DisconnectView of(ShardSnapshot.LastDisconnect last) {
            Failure failure = last.failure();
            return new DisconnectView(
                    last.at(),
                    failure.kind().side().name().toLowerCase(Locale.ROOT),
                    failure.kind().name().toLowerCase(Locale.ROOT),
                    failure.code(),
                    failure.kind() == Failure.Kind.CLOSED && failure.code() != null
                            ? CloseCode.describe(failure.code())
                            : null,
                    failure.message());
        }
    }

    /** The last error. */
    record ErrorView(Instant time, String kind, String message) {

        static ErrorView of(ShardSnapshot.LastError error) {
            return new ErrorView(error.at(), error.kind().toLowerCase(Locale.ROOT), error.message());
        }
    }

    /** Why nothing more is tried, and what to do about it. */
    record StopView(String reason, String remedy) {}
}
