package dev.gatewatch.health;

import dev.gatewatch.gateway.GatewayService;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/**
 * Started when the configuration is valid and the supervision has ticked; not "READY from Discord", else an outage at deploy time
 * becomes a kill loop.
 */
@Startup
class SupervisorStartup implements AsyncHealthCheck {

    private final GatewayService gateway;

    SupervisorStartup(GatewayService gateway) {
        this.gateway = gateway;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom().item(this::response);
    }

    private HealthCheckResponse response() {
        return HealthCheckResponse.named("supervisor-ticked")
                .status(gateway.watch().hasTicked())
                .withData("milliseconds_since_tick", gateway.watch().sinceTick().toMillis())
                .build();
    }
}
