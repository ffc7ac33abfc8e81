package dev.gatewatch.metrics;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static java.util.Map.entry;
import static org.hamcrest.Matchers.lessThan;

import dev.gatewatch.simulator.Rules;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;

/** Starts a simulator with a short heartbeat interval, and tells the service where it is. */
public class SimulatedDiscord implements QuarkusTestResourceLifecycleManager {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Simulator simulator;

    @Override
    public Map<String, String> start() {
        simulator = Simulator.start(SimulatorOptions.defaults()
                .withPort(0)
                .withHeartbeatInterval(Duration.ofSeconds(1))
                .withRules(Rules.discord().withIdentifies(1, Duration.ZERO, 1_000)));
        try {
            return Map.ofEntries(
                    entry("discord.token", simulator.token()),
                    entry("discord.api-base-url", simulator.apiBaseUrl().toString()),
                    entry("discord.reconnect-delay", "100ms"),
                    entry("discord.max-backoff", "500ms"),
                    entry("gatewatch.history-enabled", "true"),
                    entry("gatewatch.alert-targets", "slack:http://127.0.0.1:9/nobody"),
                    entry(
                            "gatewatch.data-dir",
                            Files.createTempDirectory("metrics").toString()),
                    entry("quarkus.http.test-port", "0"),
                    entry("test.simulator", simulator.controlUrl().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        simulator.close();
    }

    /** Makes something go wrong, in the words of the simulator's control API. */
    static void inject(String fault) {
        given().contentType(ContentType.JSON)
                .body(fault)
                .post(control() + "/faults")
                .then()
                .statusCode(lessThan(300));
    }

    /** Heals all; waits for the simulator, which may just refuse to be connected to. */
    static void healAll() {
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> given().delete(control() + "/faults").statusCode() < 300);
    }

    static void awaitConnected() {
        Awaitility.await().atMost(PATIENCE).until(() -> "connected"
                .equals(when().get("/discord-status").path("status")));
    }

    /** Somebody uses a slash command; tells whether the bot has such a command yet. */
    static boolean use(String command) {
        return given().body("{\"command\":\"" + command + "\"}")
                        .post(control() + "/interactions")
                        .statusCode()
                < 300;
    }

    /** Waits until a series has at least this value, and gives the scrape in which it had. */
    static Scrape await(double atLeast, String name, String... labels) {
        return Awaitility.await(name + List.of(labels))
                .atMost(PATIENCE)
                .until(Scrape::now, scrape -> scrape.value(name, labels) >= atLeast);
    }

    static String control() {
        return ConfigProvider.getConfig().getValue("test.simulator", String.class);
    }

    /** The service against this simulator. */
    public static class Profile implements QuarkusTestProfile {

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(SimulatedDiscord.class));
        }
    }
}
