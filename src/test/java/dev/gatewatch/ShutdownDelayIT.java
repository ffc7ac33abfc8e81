package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** SIGTERM with a delay: not ready at once, and for that time everything else as it was. */
class ShutdownDelayIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void isNotReadyFromSigtermOnAndStaysAliveAndConnectedUntilTheDelayIsOver() throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withPort(0));
                RunningService service =
                        RunningService.startAgainst(simulator, Map.of("QUARKUS_SHUTDOWN_DELAY", "15s"))) {
            service.awaitConnected();
            assertThat(service.status("/q/health/ready")).isEqualTo(200);
            FutureTask<Integer> end = new FutureTask<>(service::terminate);
            new Thread(end, "terminate").start();

            Awaitility.await().atMost(PATIENCE).until(() -> service.status("/q/health/ready") == 503);
            assertThat(service.get("/q/health/ready").path("checks"))
                    .filteredOn(check -> check.path("status").asText().equals("DOWN"))
                    .extracting((JsonNode check) -> check.path("name").asText())
                    .containsExactly("Graceful Shutdown");
            assertThat(service.status("/q/health/live")).isEqualTo(200);
            assertThat(service.get("/discord-status").path("status").asText()).isEqualTo("connected");
            assertThat(end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isZero();
        }
    }
}
