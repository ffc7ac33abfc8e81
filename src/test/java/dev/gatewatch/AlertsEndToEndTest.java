package dev.gatewatch;

import static dev.gatewatch.SimulatorResource.awaitConnected;
import static dev.gatewatch.SimulatorResource.inject;
import static dev.gatewatch.SimulatorResource.status;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.gatewatch.alert.Receiver;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real Discord4J, real database, real receivers: the gateway goes down, people hear of it, and hear that it is over. */
@QuarkusTest
@TestProfile(AlertsEndToEndTest.Profile.class)
class AlertsEndToEndTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ADMIN = "the admin token of this test";
    private static final String OUTAGE = "{\"fault\":\"refuse\",\"seconds\":4}";

    @BeforeEach
    void begin() {
        awaitConnected();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> alerts().getList("open").isEmpty()
                        && alerts().getInt("queued") == 0
                        && alerts().getBoolean("outbox_saved"));
    }

    @Test
    void tellsEveryTargetOfAnOutageAndOfItsEndWithTheVerdict() {
        int before = Outside.json.requests().size();
        int discordBefore = Outside.discord.requests().size();
        int slackBefore = Outside.slack.requests().size();

        inject(OUTAGE);

        awaitEvent(before, "opened");
        when().get("/alerts")
                .then()
                .statusCode(200)
                .body("open[0].rule", equalTo("gateway_down"))
                .body("open[0].severity", equalTo("error"))
                .body("open[0].title", equalTo("Gateway down"))
                .body("targets.name", contains("discord-1", "slack-2", "json-3"));
        JsonPath resolved = awaitEvent(before, "resolved");
        List<JsonPath> told = messages(before);
        assertThat(told).extracting(message -> message.getString("event")).containsExactly("opened", "resolved");
        assertThat(told.get(0).getString("alert")).isEqualTo(resolved.getString("alert"));
        assertThat(resolved.getString("verdict.blame")).isEqualTo("network");
        assertThat(resolved.getList("verdict.evidence")).isNotEmpty();
        assertThat(resolved.getDouble("duration_seconds")).isBetween(1.0, 40.0);
        assertThat(resolved.getString("text")).contains("Verdict: network");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> Outside.discord.requests().size() == discordBefore + 2
                        && Outside.slack.requests().size() == slackBefore + 2);
        assertThat(Outside.discord.requests().get(discordBefore + 1).body()).contains("Gateway connected again after");
        assertThat(Outside.slack.requests().get(slackBefore + 1).body()).contains("Gateway connected again after");
    }

    @Test
    void keepsQuietInAMaintenanceWindow() {
        int before = Outside.json.requests().size();
        String id = given().header("Authorization", "Bearer " + ADMIN)
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "from", Instant.now().minusSeconds(60).toString(),
                        "to", Instant.now().plusSeconds(3_600).toString(),
                        "reason", "upgrade"))
                .post("/history/maintenance")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        Awaitility.await().atMost(PATIENCE).until(() -> alerts().getBoolean("maintenance"));
        inject(OUTAGE);
        Awaitility.await().atMost(PATIENCE).until(() -> !"connected".equals(status()));
        awaitConnected();
        given().header("Authorization", "Bearer " + ADMIN)
                .delete("/history/maintenance/" + id)
                .then()
                .statusCode(204);
        Awaitility.await().atMost(PATIENCE).until(() -> !alerts().getBoolean("maintenance"));

        inject(OUTAGE);
        awaitEvent(before, "resolved");

        assertThat(messages(before)).as("the second outage's only").hasSize(2);
    }

    @Test
    void tellsHowATestAlertEndedAtEachTarget() {
        given().post("/alerts/test").then().statusCode(401);
        testAlert()
                .statusCode(200)
                .body("delivered", equalTo(3))
                .body("failed", equalTo(0))
                .body("targets.name", contains("discord-1", "slack-2", "json-3"))
                .body("targets.outcome", contains("delivered", "delivered", "delivered"));
        Awaitility.await("the order in the history").atMost(PATIENCE).until(() -> when().get(
                        "/history/events?kind=operator_acted&limit=1")
                .asString()
                .contains("test alert (by "));
        assertThat(Outside.slack.requests()).last().satisfies(request -> assertThat(request.body())
                .contains("Gatewatch test alert"));

        Outside.slack.first(Receiver.status(404));
        Outside.json.first(Receiver.status(503));
        testAlert()
                .statusCode(502)
                .body("delivered", equalTo(1))
                .body("failed", equalTo(2))
                .body("targets.outcome", contains("delivered", "gone", "failed"))
                .body("targets[1].status", equalTo(404))
                .body("targets[1].message", containsString("HTTP 404"));
        when().get("/alerts").then().body("targets[1].last.outcome", equalTo("gone"));
    }

    @Test
    void countsDeliveriesAndShowsNoSecret() {
        testAlert();

        String metrics = when().get("/q/metrics").asString();

        assertThat(metrics)
                .containsPattern(
                        "gatewatch_alert_deliveries_total\\{outcome=\"delivered\",target=\"json-3\",?\\} [1-9]")
                .containsPattern("gatewatch_alert_deliveries_total\\{outcome=\"expired\",target=\"discord-1\",?\\} 0");
        for (String answer : List.of(
                metrics, when().get("/alerts").asString(), testAlert().extract().asString())) {
            assertThat(answer).doesNotContain("hush");
        }
    }

    @Test
    void feedsTheDeadMansSwitchWhileAllIsWellAndTellsWhenItIsNot() {
        int before = Outside.deadMan.requests().size();
        Awaitility.await().atMost(PATIENCE).until(() -> paths(before).contains("/ping/hush"));

        inject(OUTAGE);

        Awaitility.await().atMost(PATIENCE).until(() -> paths(before).contains("/ping/hush/fail"));
        awaitConnected();
        int after = Outside.deadMan.requests().size();
        Awaitility.await().atMost(PATIENCE).until(() -> paths(after).contains("/ping/hush"));
    }

    private static ValidatableResponse testAlert() {
        return given().header("Authorization", "Bearer " + ADMIN)
                .post("/alerts/test")
                .then()
                .contentType(startsWith("application/json"));
    }

    private static List<String> paths(int from) {
        return Outside.deadMan.requests().stream()
                .skip(from)
                .map(Receiver.Request::path)
                .toList();
    }

    /** What the json target has been told since then, test alerts aside. */
    private static List<JsonPath> messages(int from) {
        return Outside.json.requests().stream()
                .skip(from)
                .map(request -> new JsonPath(request.body()))
                .filter(message -> !message.getString("event").equals("test"))
                .toList();
    }

    private static JsonPath awaitEvent(int from, String event) {
        return Awaitility.await("a message " + event)
                .atMost(PATIENCE)
                .until(
                        () -> messages(from).stream()
                                .filter(message -> message.getString("event").equals(event))
                                .findFirst()
                                .orElse(null),
                        message -> message != null);
    }

    private static JsonPath alerts() {
        return when().get("/alerts").jsonPath();
    }

    /** The service, with everything that is outside of it. */
    public static class Profile implements QuarkusTestProfile {

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(Outside.class));
        }
    }

    /** A simulated Discord, three webhooks and a dead man's switch. */
    public static class Outside extends SimulatorResource {

        static Receiver discord;
        static Receiver slack;
        static Receiver json;
        static Receiver deadMan;

        @Override
        protected void change(Map<String, String> settings, Path directory) {
            discord = new Receiver();
            slack = new Receiver();
            json = new Receiver();
            deadMan = new Receiver().always(Receiver.body(200, "OK"));
            settings.putAll(Map.of(
                    "gatewatch.incident-blip", "0s",
                    "gatewatch.monitor-interval", "1s",
                    "gatewatch.admin-token", ADMIN,
                    "gatewatch.alert-open-after", "1s",
                    "gatewatch.alert-resolve-after", "1s",
                    "gatewatch.alert-flap-losses", "1000",
                    "gatewatch.alert-secret", "hush, a secret of some length",
                    "gatewatch.deadman-url", deadMan.url("/ping/hush").toString()));
            settings.put(
                    "gatewatch.alert-targets",
                    "discord:" + discord.url("/api/webhooks/1/hush") + " slack:" + slack.url("/hush") + ", json:"
                            + json.url("/hush"));
        }

        @Override
        public void stop() {
            super.stop();
            discord.close();
            slack.close();
            json.close();
            deadMan.close();
        }
    }
}
