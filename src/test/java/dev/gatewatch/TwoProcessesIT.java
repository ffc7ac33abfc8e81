package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two packaged programs on one data directory. */
class TwoProcessesIT {

    @TempDir
    Path data;

    @Test
    void theSecondWaitsLiveAndNotReadyUntilTheFirstEndsAndThenResumesItsSession() throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withPort(0));
                RunningService first = start(simulator)) {
            first.awaitConnected();
            try (RunningService second = start(simulator)) {
                JsonNode waiting =
                        second.await(status -> status.path("status").asText().equals("starting"));

                assertThat(waiting.at("/last_error/message").asText()).contains(data + " (GATEWATCH_DATA_DIR)");
                assertThat(second.status("/q/health/live")).isEqualTo(200);
                assertThat(second.status("/q/health/ready")).isEqualTo(503);
                assertThat(second.get("/q/health/ready").toString()).contains(data + " (GATEWATCH_DATA_DIR)");
                assertThat(first.status("/q/health/ready")).isEqualTo(200);

                assertThat(first.terminate()).isZero();
                second.awaitConnected();

                second.awaitLog("resumed");
                assertThat(second.log()).contains("is free: the process before has ended");
            }
            assertThat(simulator.state().at("/identifies/spent").asInt()).isEqualTo(1);
            assertThat(simulator.violations()).isEmpty();
        }
    }

    @Test
    void aSecondSimulatorEndsWith1AndOneSentence() throws Exception {
        try (FileChannel channel = FileChannel.open(
                        data.resolve("simulator.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            var outcome = PackagedProgram.run(Map.of("GATEWATCH_DATA_DIR", data.toString()), "simulate", "--port", "0");

            assertThat(held.isValid()).isTrue();
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.err().strip().lines())
                    .containsExactly("Gatewatch cannot start: another simulator keeps its state in " + data
                            + " (GATEWATCH_DATA_DIR); stop that one, or give this one a directory of its own.");
            assertThat(filesIn(data)).containsExactly("simulator.lock");
        }
    }

    @Test
    void theSecondEndsWith1AndOneSentenceWhenTheFirstStays() throws Exception {
        try (FileChannel channel = FileChannel.open(
                        data.resolve("gatewatch.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            var outcome = PackagedProgram.run(Map.of(
                    "GATEWATCH_DATA_DIR", data.toString(),
                    "QUARKUS_HTTP_PORT", "0",
                    "DISCORD_TOKEN", "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.a-signature_of_some_length",
                    "DISCORD_API_BASE_URL", "http://127.0.0.1:9/api/v10"));

            assertThat(held.isValid()).isTrue();
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.err().strip().lines())
                    .containsExactly(
                            "Gatewatch cannot start: another process still uses the data directory " + data
                                    + " (GATEWATCH_DATA_DIR) after 15 s; stop that one, or give this one a directory of its own.");
            assertThat(filesIn(data)).containsExactly("gatewatch.lock");
        }
    }

    private RunningService start(Simulator simulator) throws IOException {
        return RunningService.startAgainst(simulator, Map.of("GATEWATCH_DATA_DIR", data.toString()));
    }

    private static List<String> filesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
