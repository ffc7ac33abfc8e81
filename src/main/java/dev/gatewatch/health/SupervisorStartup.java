package dev.gatewatch.health;

import dev.gatewatch.gateway.GatewayService;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/**
 * Started when the configuration is valid and the supervision has ticked; not "READY from Discord", else an outage at deploy time
 * becomes a kill loop.
 */
@Startup
class SupervisorStartup implements HealthCheck {

    private final GatewayService gateway;

    SupervisorStartup(GatewayService gateway) {
        this.gateway = gateway;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("supervisor-ticked")
                .status(gateway.watch().hasTicked())
                .withData("milliseconds_since_tick", gateway.watch().sinceTick().toMillis())
                .build();
    }
}
