package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewatch.simulator.Rules;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged program as a bot that outgrew its shards, and as one of several processes. */
class ShardCountIT {

    @TempDir
    private Path data;

    /** What is left in sessions.json: nothing, a session of weeks ago, and a young one that Discord no longer knows. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"0\":{\"id\":\"old\",\"sequence\":7,\"saved\":\"2020-01-01T00:00:00Z\"}}",
                "{\"0\":{\"id\":\"unknown\",\"sequence\":7,\"saved\":\"NOW\"}}"
            })
    void aStoredShardCountIsUsedOnlyWithASessionThatIsResumed(String shards) throws Exception {
        try (Simulator simulator = simulator(0, rules().withShards(2, 2))) {
            Files.writeString(
                    data.resolve("sessions.json"),
                    "{\"applicationId\":\"" + applicationId(simulator) + "\",\"shardCount\":1,\"shards\":"
                            + shards.replace("NOW", Instant.now().toString()) + "}");

            try (RunningService service = start(simulator)) {
                awaitShardsConnected(service, 2);

                assertThat(service.status("/q/health/ready")).isEqualTo(200);
                assertThat(simulator.state().at("/identifies/spent").asInt()).isEqualTo(2);
                assertThat(simulator.violations()).isEmpty();
            }
        }
    }

    @Test
    void aBotThatOutgrowsItsShardsComesBackWithWhatDiscordRecommendsWithoutAPerson() throws Exception {
        int port = FreePort.find();
        try (Simulator small = simulator(port, rules().withShards(1, 1));
                RunningService first = start(small)) {
            awaitShardsConnected(first, 1);
            awaitSessionOnDisk();
        }
        try (Simulator grown = simulator(port, rules().withShards(2, 1));
                RunningService second = start(grown)) {
            awaitShardsConnected(second, 1);
            second.awaitLog("resumed");

            grown.faults().inject("close", Map.of("code", 4011));
            awaitShardsConnected(second, 2);

            second.awaitLog("Discord recommends 2 shards, not 1");
            assertThat(second.status("/q/health/ready")).isEqualTo(200);
            assertThat(second.log()).doesNotContain("shard 0 stopped");
            assertThat(grown.violations()).isEmpty();
        }
    }

    @Test
    void anErrorOfTheWholeBotMakesNoShardOfAProcessThatRunsOthers() throws Exception {
        try (Simulator simulator = simulator(0, rules().withShards(2, 1))) {
            simulator.faults().inject("http-403", Map.of("route", "/commands"));

            try (RunningService service = RunningService.startAgainst(
                    simulator,
                    Map.of(
                            "DISCORD_SHARD_COUNT", "2",
                            "DISCORD_SHARD_IDS", "1",
                            "GATEWATCH_DATA_DIR", data.toString()))) {
                service.awaitLog("Slash commands could not be registered");
                JsonNode status = service.await(now -> now.path("recent_errors").asInt() > 0
                        && now.path("status").asText().equals("connected"));

                assertThat(status.path("shards")).hasSize(1);
                assertThat(status.at("/shards/0/shard").asInt()).isEqualTo(1);
                assertThat(service.status("/q/health/ready")).isEqualTo(200);
            }
        }
    }

    private RunningService start(Simulator simulator) throws Exception {
        return RunningService.startAgainst(simulator, Map.of("GATEWATCH_DATA_DIR", data.toString()));
    }

    private Simulator simulator(int port, Rules rules) {
        return Simulator.start(SimulatorOptions.defaults()
                .withPort(port)
                .withDataDir(data.resolve("simulator"))
                .withRules(rules));
    }

    private static Rules rules() {
        return Rules.discord().withIdentifies(16, Duration.ofSeconds(5), 1_000);
    }

    private static String applicationId(Simulator simulator) {
        String first = simulator.token().substring(0, simulator.token().indexOf('.'));
        return new String(Base64.getDecoder().decode(first), StandardCharsets.UTF_8);
    }

    private static void awaitShardsConnected(RunningService service, int shards) {
        service.await(status -> status.path("status").asText().equals("connected")
                && status.path("shards").size() == shards);
    }

    private void awaitSessionOnDisk() {
        Awaitility.await("the session is on disk")
                .atMost(Duration.ofSeconds(20))
                .ignoreException(NoSuchFileException.class)
                .until(() -> Files.readString(data.resolve("sessions.json")).contains("resumeUrl"));
    }
}
