package dev.gatewatch;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.lessThan;

import dev.gatewatch.simulator.Rules;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real Discord4J over real sockets: a fault of the simulator becomes an incident with the right verdict. */
@QuarkusTest
@TestProfile(VerdictEndToEndTest.Profile.class)
class VerdictEndToEndTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"fault\":\"close\",\"code\":4000}  | discord | closed",
                "{\"fault\":\"reconnect\"}            | discord | reconnect_requested",
                "{\"fault\":\"refuse\",\"seconds\":1} | network | connection_lost",
                "{\"fault\":\"close\",\"code\":4008}  | us      | closed",
                "{\"fault\":\"no-resumed\"}           | unknown | connection_lost",
            })
    void explainsAnOutage(String fault, String blame, String cause) {
        awaitConnected();
        int before = incidents().size();

        inject(fault);

        Awaitility.await().atMost(PATIENCE).until(() -> incidents().size() > before && !cause(0).isEmpty());
        if (fault.contains("no-resumed")) { // lasts until it is healed; the others end by themselves
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> when().get("/history/incidents").path("items[0].failures.RESUMED_TIMEOUT") != null);
            given().delete(simulator() + "/faults").then().statusCode(lessThan(300));
        }
        Awaitility.await().atMost(PATIENCE).until(() ->
                !(boolean) when().get("/history/incidents").path("items[0].open"));
        assertThat(cause(0)).isEqualTo(cause);
        assertThat(when().get("/history/incidents").<String>path("items[0].verdict.blame"))
                .as(when().get("/history/incidents?limit=1").asString())
                .isEqualTo(blame);
        String id = when().get("/history/incidents").path("items[0].id");
        assertThat(when().get("/history/incidents/" + id).<List<String>>path("timeline.kind"))
                .contains("disconnected");
    }

    @Test
    void saysThatTheDatabaseIsHealthyWhileConnected() {
        awaitConnected();

        assertThat(when().get("/health").<String>path("database")).isEqualTo("healthy");
        assertThat(when().get("/health").<String>path("status")).isEqualTo("healthy");
    }

    private static void inject(String fault) {
        given().contentType(ContentType.JSON)
                .body(fault)
                .post(simulator() + "/faults")
                .then()
                .statusCode(lessThan(300));
    }

    private static void awaitConnected() {
        Awaitility.await().atMost(PATIENCE).until(() -> "connected"
                .equals(when().get("/discord-status").path("status")));
    }

    private static List<String> incidents() {
        return when().get("/history/incidents?limit=1000").path("items.id");
    }

    private static String cause(int index) {
        return when().get("/history/incidents").path("items[" + index + "].cause");
    }

    private static String simulator() {
        return ConfigProvider.getConfig().getValue("test.simulator", String.class);
    }

    /** The service, against a simulator of its own. */
    public static class Profile implements QuarkusTestProfile {

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(SimulatedDiscord.class));
        }
    }

    /** Starts the simulator, and tells the service where it is. */
    public static class SimulatedDiscord implements QuarkusTestResourceLifecycleManager {

        private Simulator simulator;

        @Override
        public Map<String, String> start() {
            simulator = Simulator.start(SimulatorOptions.defaults()
                    .withPort(0)
                    .withRules(Rules.discord().withIdentifies(1, Duration.ZERO, 1_000)));
            try {
                return Map.of(
                        "discord.token", simulator.token(),
                        "discord.api-base-url", simulator.apiBaseUrl().toString(),
                        "discord.ready-timeout", "1s",
                        "discord.reconnect-delay", "100ms",
                        "gatewatch.history-enabled", "true",
                        "gatewatch.incident-blip", "0s",
                        "gatewatch.data-dir",
                                Files.createTempDirectory("verdicts").toString(),
                        "quarkus.http.test-port", "0",
                        "test.simulator", simulator.controlUrl().toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void stop() {
            simulator.close();
        }
    }
}
