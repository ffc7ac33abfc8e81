package dev.gatewatch.metrics;

import static dev.gatewatch.SimulatorResource.control;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;

import dev.gatewatch.SimulatorResource;
import dev.gatewatch.simulator.SimulatorOptions;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A simulator with a short heartbeat interval. */
public class SimulatedDiscord extends SimulatorResource {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    protected SimulatorOptions options(SimulatorOptions usual) {
        return usual.withHeartbeatInterval(Duration.ofSeconds(1));
    }

    @Override
    protected void change(Map<String, String> settings, Path directory) {
        settings.put("discord.max-backoff", "500ms");
        settings.put("gatewatch.alert-targets", "slack:http://127.0.0.1:9/nobody");
    }

    /** Somebody uses a slash command; tells whether the bot has such a command yet. */
    static boolean use(String command) {
        return given().body("{\"command\":\"" + command + "\"}")
                        .post(control() + "/interactions")
                        .statusCode()
                < 300;
    }

    /** Waits until a series has at least this value, and gives the scrape in which it had; a failure tells how it went instead. */
    static Scrape await(double atLeast, String name, String... labels) {
        try {
            return Awaitility.await()
                    .atMost(PATIENCE)
                    .until(Scrape::now, scrape -> scrape.value(name, labels) >= atLeast);
        } catch (ConditionTimeoutException e) {
            String wanted = name + List.of(labels) + " is " + Scrape.now().value(name, labels) + " and not " + atLeast;
            String status = when().get("/discord-status").asString();
            String journal = when().get(control() + "/events?since=0").asString();
            throw new AssertionError(wanted + "\n" + status + "\n" + journal, e);
        }
    }

    /** The service against this simulator. */
    public static class Profile implements QuarkusTestProfile {

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(SimulatedDiscord.class));
        }
    }
}
