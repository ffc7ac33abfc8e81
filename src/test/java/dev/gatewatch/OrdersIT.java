package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewatch.simulator.Rules;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders to the packaged program that meet each other, or a shard that they cannot concern. */
class OrdersIT {

    private static final String ADMIN = "open sesame, and no other word";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path secrets;

    @Test
    void twoOrdersForAnotherTokenAtOnceLeaveOneFleetThatCanBeStopped() throws Exception {
        Path file = Files.writeString(secrets.resolve("token"), "MTIzNDU2Nzg5MDEyMzQ1Njc4.AAAAAA.the_old_one");
        try (Simulator simulator = simulator(Rules.discord());
                RunningService service = RunningService.start(Map.of(
                        "DISCORD_TOKEN_FILE", file.toString(),
                        "DISCORD_API_BASE_URL", simulator.apiBaseUrl().toString(),
                        "GATEWATCH_ADMIN_TOKEN", ADMIN))) {
            service.awaitConnected();
            Files.writeString(file, "MTIzNDU2Nzg5MDEyMzQ1Njc4.AAAAAA.the_new_one");

            CompletableFuture<Integer> one = order(service, "reload-token", "{\"reason\": \"first\"}");
            CompletableFuture<Integer> other = order(service, "reload-token", "{\"reason\": \"second\"}");

            assertThat(Stream.of(one.join(), other.join())).containsExactlyInAnyOrder(202, 409);
            service.awaitConnected();
            assertThat(simulator.state().path("connections")).hasSize(1);
            assertThat(order(service, "stop", "{\"reason\": \"all of it\"}").join())
                    .isEqualTo(202);
            Awaitility.await("nothing is connected")
                    .atMost(PATIENCE)
                    .until(() -> simulator.state().path("connections").isEmpty());
            assertThat(simulator.violations())
                    .as("the new fleet waits for the IDENTIFY of the old one")
                    .isEmpty();
        }
    }

    @Test
    void aShardThatIsStoppedCannotBeReconnectedAndTheOrderSaysWhatToDo() throws Exception {
        try (Simulator simulator = simulator(Rules.discord().withIdentifies(2, Duration.ofSeconds(5), 1_000));
                RunningService service = RunningService.startAgainst(
                        simulator, Map.of("DISCORD_SHARD_COUNT", "2", "GATEWATCH_ADMIN_TOKEN", ADMIN))) {
            service.await(status -> status.path("status").asText().equals("connected")
                    && status.path("shards").size() == 2);
            simulator.faults().inject("close", Map.of("code", 4014, "shard", 1));
            service.await(status -> status.path("status").asText().equals("stopped"));

            String reason = "{\"reason\": \"by hand\", \"shard\": ";
            assertThat(order(service, "reconnect", reason + "1}").join()).isEqualTo(409);
            assertThat(order(service, "reconnect", reason + "0}").join()).isEqualTo(202);
            simulator.faults().healAll(); // it then takes the IDENTIFY that it refused for good
            assertThat(order(service, "start", "{\"reason\": \"repaired\"}").join())
                    .isEqualTo(202);
            service.awaitConnected();
            assertThat(simulator.violations()).isEmpty();
        }
    }

    /** HELLO is late, so that each order meets shards that have their turn, or wait for it, and have sent no IDENTIFY yet. */
    @Test
    void shardsThatAreCutAgainAndAgainWhileTheyHaveTheirTurnAllGetItInTheEnd() throws Exception {
        int shards = 12;
        Rules rules = Rules.discord()
                .withShards(shards, 1)
                .withIdentifies(shards / 2, Duration.ofSeconds(3), 1_000) // 5 s, less what a busy machine takes
                .withHelloDelay(Duration.ofMillis(200));
        try (Simulator simulator = simulator(rules);
                RunningService service =
                        RunningService.startAgainst(simulator, Map.of("GATEWATCH_ADMIN_TOKEN", ADMIN))) {
            service.await(status -> status.path("shards").size() == shards);
            String reason = "{\"reason\": \"again\"}";
            String newSession = "{\"reason\": \"again\", \"session\": \"drop\"}";
            for (int i = 0; i < 6; i++) {
                assertThat(order(service, "reconnect", newSession).join()).isEqualTo(202);
                assertThat(order(service, "stop", reason).join()).isEqualTo(202);
                assertThat(order(service, "start", reason).join()).isEqualTo(202);
            }

            JsonNode status =
                    service.await(now -> simulator.state().path("sessions").size() >= shards
                            && now.path("status").asText().equals("connected"));
            assertThat(simulator.violations()).isEmpty();
            assertThat(status.at("/identify_budget/remaining").asInt())
                    .as("no IDENTIFY was sent that is not counted")
                    .isLessThanOrEqualTo(
                            simulator.state().at("/identifies/remaining").asInt());
            assertThat(service.status("/q/health/live")).isEqualTo(200);
        }
    }

    private CompletableFuture<Integer> order(RunningService service, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(service.address("/admin/" + path))
                .header("Authorization", "Bearer " + ADMIN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.discarding()).thenApply(HttpResponse::statusCode);
    }

    private static Simulator simulator(Rules rules) {
        return Simulator.start(SimulatorOptions.defaults().withPort(0).withRules(rules));
    }
}
