package dev.gatewatch.bot;

import static dev.gatewatch.SimulatorResource.awaitConnected;
import static dev.gatewatch.SimulatorResource.control;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The service with real Discord4J, over real sockets, against the simulator; users are the control API's. */
abstract class BotEndToEnd {

    static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    MeterRegistry meters;

    @BeforeEach
    void isConnected() {
        awaitConnected();
        Awaitility.await().atMost(PATIENCE).until(() -> commandWrites() > 0);
    }

    @AfterEach
    void calm() {
        Hostile.mood = Hostile.Mood.ASLEEP;
        given().delete(control() + "/faults");
    }

    /** Lets a user use a command, and waits until the bot has answered or Discord has given up. */
    JsonNode use(String request) {
        return await(begin(request));
    }

    /** Lets a user use a command; gives the interaction's id. */
    static String begin(String request) {
        return given().contentType(ContentType.JSON)
                .body(request)
                .post(control() + "/interactions")
                .then()
                .statusCode(200)
                .extract()
                .path("id");
    }

    static JsonNode await(String id) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> view(id), view -> List.of("answered", "failed")
                        .contains(view.path("state").asText()));
    }

    /** Waits until a user is answered again, who tries until the bot is logged in for their guild. */
    static void awaitPong() {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            var begun = given().contentType(ContentType.JSON)
                    .body("{\"command\":\"ping\"}")
                    .post(control() + "/interactions");
            return begun.statusCode() == 200
                    && await(begun.path("id")).at("/answer/content").asText().startsWith("Pong!");
        });
    }

    static JsonNode view(String id) {
        return json(when().get(control() + "/interactions/" + id).asString());
    }

    static String text(JsonNode view) {
        assertThat(view.path("state").asText()).as(view.toPrettyString()).isEqualTo("answered");
        return view.at("/answer/content").asText();
    }

    /** How often a command ended so. */
    double count(String command, Outcome outcome) {
        Counter counter = meters.find("gatewatch.command.invocations")
                .tags("command", command, "outcome", outcome.tag())
                .counter();
        return counter == null ? 0 : counter.count();
    }

    void awaitCount(String command, Outcome outcome, double expected) {
        Awaitility.await().atMost(PATIENCE).until(() -> count(command, outcome) >= expected);
    }

    static int commandWrites() {
        return when().get(control() + "/state").path("counters.commandWrites");
    }

    static String errorFacts() {
        return when().get("/history/events?kind=error_occurred&limit=1000").asString();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    /** One service for all of these tests. */
    public static class Profile implements QuarkusTestProfile {

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(SimulatedDiscord.class));
        }
    }
}
