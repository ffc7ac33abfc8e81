package dev.gatewatch;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Stops the demo's simulator after the service, so that neither a live reload nor a signal leaves it behind. */
@Singleton
final class DemoShutdown {

    /** Comes last: the service says goodbye to a simulator that still listens. */
    private static final int LAST = Integer.MAX_VALUE;

    void stop(@Observes @Priority(LAST) ShutdownEvent event) {
        DemoSimulator.stop();
        HandedSettings.withdraw();
    }
}
