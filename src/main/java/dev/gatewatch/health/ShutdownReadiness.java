package dev.gatewatch.health;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Not ready from SIGTERM on. Takes the place of Quarkus' {@code ShutdownReadinessCheck}, under its name: that one is a blocking check and waits for a
 * worker's thread, of which there may be none when it matters.
 */
@Readiness
@Singleton
class ShutdownReadiness implements AsyncHealthCheck {

    private volatile boolean shuttingDown;

    void stop(@Observes ShutdownDelayInitiatedEvent event) {
        shuttingDown = true;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom().item(() -> HealthCheckResponse.named("Graceful Shutdown")
                .status(!shuttingDown)
                .build());
    }
}
