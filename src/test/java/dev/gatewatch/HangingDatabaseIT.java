package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that takes connections and never says a word: neither the probes nor the bot wait for it. */
class HangingDatabaseIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Queue<Socket> silent = new ConcurrentLinkedQueue<>();
    private ServerSocket database;

    @BeforeEach
    void listen() throws IOException {
        database = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread listener = new Thread(this::accept, "silent-database");
        listener.setDaemon(true);
        listener.start();
    }

    @AfterEach
    void close() throws IOException {
        database.close();
        for (Socket socket : silent) {
            socket.close();
        }
    }

    @Test
    void theProbesAnswerAndTheBotConnectsWhileTheDatabaseIsStillBeingOpened() throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withPort(0));
                RunningService service = RunningService.startAgainst(
                        simulator,
                        Map.of(
                                "GATEWATCH_DATABASE_URL",
                                "jdbc:postgresql://127.0.0.1:" + database.getLocalPort() + "/gatewatch"))) {
            Awaitility.await().atMost(PATIENCE).until(() -> service.status("/q/health/live") == 200);
            Awaitility.await().atMost(PATIENCE).until(() -> !silent.isEmpty());
            service.awaitConnected();

            assertThat(service.status("/q/health/ready")).isEqualTo(200);
            assertThat(service.get("/health").path("database").asText()).isEqualTo("unhealthy");
            assertThat(service.status("/history/events")).isEqualTo(503);
            assertThat(simulator.violations()).isEmpty();
        }
    }

    private void accept() {
        while (!database.isClosed()) {
            try {
                silent.add(database.accept());
            } catch (IOException closed) {
                return;
            }
        }
    }
}
