package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The whole catalogue against the packaged service: nothing is lost and no rule is broken. {@code ./mvnw verify -Pdrills}.
 *
 * <p>Time is scaled: a heartbeat interval of 2 s for Discord's 41.25 s, deadlines of 5 s for 30 and 60, backoff from 1 s to 4 s.
 */
@Tag("drills")
class EveryDrillIT {

    private static final Map<String, String> SCALED = Map.of(
            "DISCORD_CONNECTION_TIMEOUT", "5",
            "DISCORD_READY_TIMEOUT", "5",
            "DISCORD_RECONNECT_DELAY", "1",
            "DISCORD_MAX_BACKOFF", "4");

    @Test
    void everyFaultOfTheCatalogueIsSurvived() throws Exception {
        PackagedProgram.Outcome outcome =
                PackagedProgram.run(720, SCALED, "drill", "--json", "--seed", "20261123", "--rest", "1ms");

        JsonNode report = new ObjectMapper().readTree(outcome.out());
        assertThat(report.path("drills")).as("the drills").allSatisfy(drill -> assertThat(
                        drill.path("good").asBoolean())
                .as("%s", drill)
                .isTrue());
        assertThat(faults(report)).containsExactlyInAnyOrderElementsOf(catalogue());
        assertThat(outcome.exitCode()).isZero();
    }

    private static Set<String> faults(JsonNode report) {
        Set<String> faults = new HashSet<>();
        report.path("drills")
                .forEach(drill -> faults.add(drill.path("drill").asText().replaceFirst("/.*", "")));
        return faults;
    }

    private static Set<String> catalogue() {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withPort(0))) {
            return Set.copyOf(simulator.faults().names());
        }
    }
}
