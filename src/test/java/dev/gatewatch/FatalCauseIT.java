package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a person can repair: alive, not ready, and loud about the cause and the cure. */
class FatalCauseIT {

    @ParameterizedTest
    @ValueSource(ints = {4004, 4010, 4011, 4012, 4013, 4014})
    void staysAliveButNotReadyAfterAFatalClose(int code) throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withPort(0));
                RunningService service = RunningService.startAgainst(simulator, Map.of())) {
            service.awaitConnected();

            simulator.faults().inject("close", Map.of("code", code));
            JsonNode stopped =
                    service.await(status -> status.path("status").asText().equals("stopped"));

            assertThat(stopped.at("/shards/0/stopped/reason").asText()).contains(Integer.toString(code));
            assertThat(stopped.at("/shards/0/stopped/remedy").asText()).isNotBlank();
            assertThat(service.status("/q/health/live")).isEqualTo(200);
            assertThat(service.status("/q/health/ready")).isEqualTo(503);
            assertThat(service.status("/health")).isEqualTo(503);
            assertThat(service.log()).doesNotContain(simulator.token());
        }
    }

    @Test
    void sendsNothingMoreWhenTheTokenIsNotAccepted() throws Exception {
        String wrong = "MTIzNDU2Nzg5MDEyMzQ1Njc5.AAAAAA.not_the_one_that_is_accepted";
        SimulatorOptions options = SimulatorOptions.defaults().withPort(0);
        try (Simulator simulator = Simulator.start(options.withRules(
                        options.rules().withAcceptedTokens(Set.of("MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.the_right_one"))));
                RunningService service = RunningService.start(Map.of(
                        "DISCORD_TOKEN",
                        wrong,
                        "DISCORD_API_BASE_URL",
                        simulator.apiBaseUrl().toString()))) {
            service.await(status -> status.path("status").asText().equals("stopped"));

            assertThat(simulator.state().at("/counters/requests").asInt()).isEqualTo(1);
            assertThat(service.get("/discord-status")
                            .at("/shards/0/stopped/remedy")
                            .asText())
                    .contains("DISCORD_TOKEN");
        }
    }

    @Test
    void startsAgainByItselfWhenTheTokenFileHoldsAnotherToken(@TempDir Path secrets) throws Exception {
        Path file = secrets.resolve("token");
        Files.writeString(file, "MTIzNDU2Nzg5MDEyMzQ1Njc4.AAAAAA.the_old_one");
        String renewed = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.the_new_one";
        SimulatorOptions options = SimulatorOptions.defaults().withPort(0);
        try (Simulator simulator =
                        Simulator.start(options.withRules(options.rules().withAcceptedTokens(Set.of(renewed))));
                RunningService service = RunningService.start(Map.of(
                        "DISCORD_TOKEN_FILE", file.toString(),
                        "DISCORD_API_BASE_URL", simulator.apiBaseUrl().toString()))) {
            service.await(status -> status.path("status").asText().equals("stopped"));

            Files.writeString(file, renewed + "\n");

            service.awaitConnected();
            assertThat(service.log()).doesNotContain("the_new_one").doesNotContain("the_old_one");
        }
    }

    @Test
    void withoutATokenItStartsAndSaysWhatIsMissing() throws Exception {
        try (RunningService service = RunningService.start(Map.of(), "serve")) {
            JsonNode stopped =
                    service.await(status -> status.path("status").asText().equals("stopped"));

            assertThat(stopped.at("/last_error/message").asText()).contains("DISCORD_TOKEN");
            assertThat(service.status("/q/health/live")).isEqualTo(200);
            assertThat(service.status("/q/health/started")).isEqualTo(200);
            assertThat(service.get("/q/health/ready").toString()).contains("DISCORD_TOKEN_FILE");
        }
    }
}
