package dev.gatewatch.health;

import dev.gatewatch.gateway.GatewayService;
import dev.gatewatch.gateway.SupervisionWatch;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Alive as long as the supervision works. Fails only for what a restart repairs: never for Discord, the network, the token or the
 * database.
 */
@Liveness
class SupervisorLiveness implements AsyncHealthCheck {

    /** The supervision's thread ticks every second; this long without a tick is no pause for breath. */
    static final Duration STALLED_AFTER = Duration.ofSeconds(20);

    private final GatewayService gateway;

    SupervisorLiveness(GatewayService gateway) {
        this.gateway = gateway;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom().item(this::response);
    }

    private HealthCheckResponse response() {
        SupervisionWatch watch = gateway.watch();
        List<Integer> dead = watch.deadLoops();
        boolean stalled = watch.sinceTick().compareTo(STALLED_AFTER) > 0;
        boolean restart = watch.restartWanted();
        boolean abandoned = watch.isAbandoned();
        return HealthCheckResponse.named("supervisor")
                .status(!stalled && dead.isEmpty() && !restart && !abandoned)
                .withData("milliseconds_since_tick", watch.sinceTick().toMillis())
                .withData("dead_shards", dead.toString())
                .withData("restart_wanted", restart)
                .withData("abandoned", abandoned)
                .build();
    }
}
