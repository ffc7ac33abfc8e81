package dev.gatewatch;

import dev.gatewatch.gateway.StartRefused;
import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Ends the process when the gateway must not be started, as any other failure to start does. */
@Singleton
final class StartRefusal {

    void end(@Observes StartRefused refused) {
        StartFailure.print(refused.cause(), System.err);
        Quarkus.asyncExit(1);
    }
}
