package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Discord, or who speaks in its name, can do to the packaged program within the image's limits. */
class HostileDiscordIT {

    @Test
    void aMessageThatFillsTheMemoryEndsTheConnectionAndNotTheProcess() throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withPort(0));
                RunningService service = start(simulator)) {
            String before = lastConnection(service.awaitConnected());

            simulator.faults().inject("oversized-frame", Map.of("bytes", 64 << 20));

            service.await(status -> status.path("status").asText().equals("connected")
                    && !lastConnection(status).equals(before));
            assertThat(service.log()).contains("A message from Discord is larger than 8 MB");
        }
    }

    @Test
    void aLargeMessageIsRead() throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withPort(0));
                RunningService service = start(simulator)) {
            String before = lastConnection(service.awaitConnected());

            simulator.faults().inject("oversized-frame", Map.of("bytes", 7 << 20));
            simulator.faults().inject("unknown-opcode", Map.of("op", 4_711)); // it comes next

            service.awaitLog("4711");
            assertThat(lastConnection(service.awaitConnected())).isEqualTo(before);
        }
    }

    private static RunningService start(Simulator simulator) throws IOException {
        return RunningService.startAgainst(
                simulator,
                Map.of(
                        "JDK_JAVA_OPTIONS",
                        PackagedProgram.LIMITS_OF_THE_IMAGE,
                        "DISCORD_RECONNECT_DELAY",
                        "1",
                        "DISCORD_MAX_BACKOFF",
                        "2"));
    }

    private static String lastConnection(JsonNode status) {
        return status.path("last_connection").asText();
    }
}
