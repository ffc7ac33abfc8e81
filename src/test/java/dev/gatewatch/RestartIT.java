package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service across its own restarts: the session lives on, no IDENTIFY is spent, no event is lost. */
class RestartIT {

    @TempDir
    Path data;

    @Test
    void resumesAfterSigtermAndMissesNothing() throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withPort(0))) {
            try (RunningService first = start(simulator)) {
                first.await(status -> status.path("users").asInt() == 1_250);
                assertThat(first.terminate()).isZero();
            }
            simulator.emit(7);
            try (RunningService second = start(simulator)) {
                JsonNode status = second.awaitConnected();

                second.awaitLog("resumed, 7 events replayed");
                assertThat(status.path("guilds").asInt()).isEqualTo(5);
                second.await(now -> now.path("users").asInt() == 1_250);
            }
            assertThat(simulator.state().at("/identifies/spent").asInt()).isEqualTo(1);
            assertThat(simulator.violations()).isEmpty();
        }
    }

    @Test
    void resumesAfterKillFromTheLastSequenceOnDisk() throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withPort(0))) {
            try (RunningService first = start(simulator)) {
                first.await(status -> status.path("users").asInt() == 1_250);
                Awaitility.await("the session is on disk")
                        .atMost(Duration.ofSeconds(20))
                        .ignoreException(NoSuchFileException.class)
                        .until(() ->
                                Files.readString(data.resolve("sessions.json")).contains("resumeUrl"));
            }
            try (RunningService second = start(simulator)) {
                second.awaitConnected();

                second.awaitLog("resumed");
            }
            assertThat(simulator.state().at("/identifies/spent").asInt()).isEqualTo(1);
            assertThat(simulator.violations()).isEmpty();
        }
    }

    private RunningService start(Simulator simulator) throws Exception {
        return RunningService.startAgainst(simulator, Map.of("GATEWATCH_DATA_DIR", data.toString()));
    }
}
