package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that a client without a token can do, at once, within the image's limits: for 30 s, or {@code -Dstorm=PT2M}. */
class StormIT {

    private static final Duration SPAN = Duration.parse(System.getProperty("storm", "PT30S"));
    private static final long LIMIT_OF_THE_IMAGE = 256L << 20;

    @TempDir
    Path data;

    @Test
    void aClientThatDoesEverythingAtOnceIsNotNoticedByProbesNorByDiscord() throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withPort(0));
                RunningService service = Storm.startTarget(simulator, data)) {
            String oldestFact = LongPast.fill(simulator, service, data);
            JsonNode before = service.awaitConnected();

            List<Probes.Answer> answers;
            try (Storm storm = new Storm(service.port(), oldestFact)) {
                answers = Probes.of(service).ask(SPAN);
                assertThat(storm.rounds()).as("attacks").isPositive();
            }

            assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
            assertThat(service.awaitConnected().path("last_connection")).isEqualTo(before.path("last_connection"));
            if (PackagedProgram.isJar()) {
                assertThat(service.mostResident()).isLessThanOrEqualTo(LIMIT_OF_THE_IMAGE);
            }
        }
    }
}
