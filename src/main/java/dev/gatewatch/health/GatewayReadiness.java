package dev.gatewatch.health;

import dev.gatewatch.connection.Phase;
import dev.gatewatch.connection.ShardSnapshot;
import dev.gatewatch.connection.Snapshot;
import dev.gatewatch.status.StatusBoard;
import dev.gatewatch.status.StatusConfig;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/** Ready while every shard is connected, or was so recently that the blip is not worth mentioning. */
@Readiness
class GatewayReadiness implements AsyncHealthCheck {

    private final StatusBoard board;
    private final StatusConfig config;
    private final Clock clock = Clock.systemUTC();

    GatewayReadiness(StatusBoard board, StatusConfig config) {
        this.board = board;
        this.config = config;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom().item(() -> response(board.current(), config.readinessGrace(), clock.instant()));
    }

    static HealthCheckResponse response(Snapshot snapshot, Duration grace, Instant now) {
        boolean ready =
                !snapshot.shards().isEmpty() && snapshot.list().stream().allMatch(shard -> isReady(shard, grace, now));
        HealthCheckResponseBuilder response = HealthCheckResponse.named("gateway")
                .status(ready)
                .withData("status", snapshot.phase().name().toLowerCase(Locale.ROOT))
                .withData("shards", snapshot.shards().size())
                .withData("uptime_seconds", snapshot.uptime(now).toSeconds());
        snapshot.list().stream()
                .filter(shard -> shard.phase() != Phase.CONNECTED)
                .forEach(shard -> explain(shard, response));
        return response.build();
    }

    private static boolean isReady(ShardSnapshot shard, Duration grace, Instant now) {
        return switch (shard.phase()) {
            case CONNECTED -> true;
            case DISCONNECTED, RESUMING, RECONNECTING -> isBlip(lostAt(shard), grace, now);
            default -> false;
        };
    }

    private static boolean isBlip(@Nullable Instant lostAt, Duration grace, Instant now) {
        return lostAt != null && Duration.between(lostAt, now).compareTo(grace) < 0;
    }

    /** When the connection was lost; null when there never was one. */
    private static @Nullable Instant lostAt(ShardSnapshot shard) {
        ShardSnapshot.LastDisconnect last = shard.lastDisconnect();
        return shard.lastConnection() == null || last == null ? null : last.at();
    }

    private static void explain(ShardSnapshot shard, HealthCheckResponseBuilder response) {
        String key = "shard_" + shard.shard();
        response.withData(key, shard.phase().name().toLowerCase(Locale.ROOT));
        if (shard.stop() != null) {
            response.withData(key + "_cause", shard.stop().failure().message());
            response.withData(key + "_remedy", shard.stop().remedy());
        } else if (shard.lastError() != null) {
            response.withData(key + "_cause", shard.lastError().message());
        }
    }
}
