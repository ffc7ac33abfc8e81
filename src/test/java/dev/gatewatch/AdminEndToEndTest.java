package dev.gatewatch;

import static dev.gatewatch.SimulatorResource.awaitStatus;
import static dev.gatewatch.SimulatorResource.inject;
import static dev.gatewatch.SimulatorResource.status;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An operator's orders to the real service, connected to the simulator over real sockets. */
@QuarkusTest
@TestProfile(AdminEndToEndTest.Profile.class)
class AdminEndToEndTest {

    private static final String TOKEN = "open sesame";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @BeforeEach
    void connected() {
        if (status().equals("stopped")) {
            order("start", "{\"reason\": \"before a test\"}").statusCode(202);
        }
        awaitStatus("connected");
    }

    @Test
    void reconnectsWithTheSession() {
        String last = newest();

        order("reconnect", "{\"reason\": \"new network\"}")
                .statusCode(202)
                .body("action", equalTo("reconnect"))
                .body("reason", equalTo("new network"))
                .body("client", equalTo("127.0.0.1"));

        awaitKind(last, "resumed");
        assertThat(kindsSince(last)).doesNotContain("identified", "stopped", "started");
        assertThat(acts(last)).containsExactly("reconnect: new network (by 127.0.0.1)");
    }

    @Test
    void reconnectsWithANewSessionAndSpendsAnIdentify() {
        String last = newest();

        order("reconnect", "{\"reason\": \"stuck\", \"session\": \"drop\", \"shard\": 0}")
                .statusCode(202)
                .body("action", equalTo("reconnect_with_new_session"));

        awaitKind(last, "connected");
        assertThat(kindsSince(last)).contains("identified").doesNotContain("resumed");
        assertThat(acts(last)).containsExactly("reconnect_with_new_session: stuck (by 127.0.0.1)");
    }

    @Test
    void stopsUntilItIsStarted() {
        String last = newest();
        order("stop", "{\"reason\": \"maintenance\"}").statusCode(202);
        awaitStatus("stopped");
        assertThat(when().get("/discord-status").<String>path("shards[0].stopped.reason"))
                .isEqualTo("Stopped by an operator: maintenance");
        when().get("/health").then().statusCode(503);
        order("stop", "{\"reason\": \"again\"}").statusCode(409).body("message", containsString("/admin/start"));
        order("reconnect", "{\"reason\": \"again\"}").statusCode(409).body("message", containsString("/admin/start"));

        order("start", "{\"reason\": \"done\"}").statusCode(202);

        awaitStatus("connected");
        assertThat(kindsSince(last)).contains("resumed").doesNotContain("identified");
        assertThat(acts(last)).containsExactly("stop: maintenance (by 127.0.0.1)", "start: done (by 127.0.0.1)");
        order("start", "{\"reason\": \"again\"}").statusCode(409).body("message", containsString("runs already"));
    }

    @Test
    void startsAgainAfterAFatalCause() {
        inject("{\"fault\":\"close\",\"code\":4004}");
        awaitStatus("stopped");

        order("start", "{\"reason\": \"Discord erred\"}").statusCode(202);

        awaitStatus("connected");
    }

    @Test
    void reloadsTheTokenFromItsFile() throws Exception {
        Path file = Path.of(ConfigProvider.getConfig().getValue("discord.token-file", String.class));
        String last = newest();
        order("reload-token", "{\"reason\": \"rotation\"}")
                .statusCode(409)
                .body("message", containsString("still holds"));

        Files.writeString(file, "not a token");
        order("reload-token", "{\"reason\": \"rotation\"}")
                .statusCode(409)
                .body("message", containsString("DISCORD_TOKEN_FILE"))
                .body("message", not(containsString("not a token")));
        Files.writeString(file, "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.rotated" + System.nanoTime());
        double heard = heardByListeners();
        order("reload-token", "{\"reason\": \"rotation\"}").statusCode(202);

        awaitKind(last, "started");
        awaitStatus("connected");
        assertThat(acts(last)).containsExactly("reload_token: rotation (by 127.0.0.1)");
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(heardByListeners())
                .as("a host's listeners hear the new connection's guilds")
                .isGreaterThan(heard));
    }

    @Test
    void makesFactsOfMaintenanceWindows() {
        String last = newest();
        String id = admin().body(
                        "{\"from\":\"2026-03-01T12:00:00Z\",\"to\":\"2026-03-01T13:00:00Z\",\"reason\":\"upgrade\"}")
                .post("/history/maintenance")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        admin().delete("/history/maintenance/" + id).then().statusCode(204);
        admin().delete("/history/maintenance/" + id).then().statusCode(404);

        Awaitility.await().atMost(PATIENCE).until(() -> acts(last).size() == 2);
        assertThat(acts(last))
                .containsExactly(
                        "add_maintenance: upgrade (by 127.0.0.1)",
                        "remove_maintenance: maintenance window " + id + " (by 127.0.0.1)");
    }

    @Test
    void wantsAReason() {
        for (String body : List.of("{}", "{\"reason\": \"  \"}", "{\"reason\": \"" + "x".repeat(501) + "\"}")) {
            order("stop", body).statusCode(400).body("message", containsString("\"reason\" has 1 to 500 characters"));
        }
        order("reconnect", "{\"reason\": \"r\", \"session\": \"burn\"}")
                .statusCode(400)
                .body("message", equalTo("\"session\" is \"burn\"; expected is keep or drop."));
        order("reconnect", "{\"reason\": \"r\", \"shard\": 9}")
                .statusCode(409)
                .body("message", containsString("no shard 9"));
        assertThat(status()).isEqualTo("connected");
    }

    @Test
    void nobodyForgesAddressesOrLogLines() {
        String last = newest();
        admin().header("X-Forwarded-For", "203.0.113.9")
                .header("Forwarded", "for=203.0.113.9")
                .body("{\"reason\": \"one\\ntwo\"}")
                .post("/admin/reconnect")
                .then()
                .statusCode(202);

        awaitKind(last, "resumed");
        assertThat(acts(last)).containsExactly("reconnect: one two (by 127.0.0.1)");
    }

    private static double heardByListeners() {
        return when().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("gatewatch_listener_events_total{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static RequestSpecification admin() {
        return given().contentType(ContentType.JSON).header("Authorization", "Bearer " + TOKEN);
    }

    private static ValidatableResponse order(String command, String body) {
        return admin().body(body).post("/admin/" + command).then();
    }

    /** The id of the newest fact. */
    private static String newest() {
        return when().get("/history/events?limit=1").path("items[0].id");
    }

    private static void awaitKind(String last, String kind) {
        Awaitility.await(kind).atMost(PATIENCE).until(() -> kindsSince(last).contains(kind));
    }

    private static List<String> kindsSince(String last) {
        return when().get("/history/events?limit=200").path("items.findAll { it.id > '" + last + "' }.kind");
    }

    /** What operators did since, oldest first. */
    private static List<String> acts(String last) {
        return when().get("/history/events?limit=200&kind=operator_acted")
                .path("items.findAll { it.id > '" + last + "' }.reverse().collect { it.cause + ': ' + it.message }");
    }

    /** The service, against a simulator of its own. */
    public static class Profile implements QuarkusTestProfile {

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(SimulatedDiscord.class));
        }
    }

    /** The token is a file's. */
    public static class SimulatedDiscord extends SimulatorResource {

        @Override
        protected void change(Map<String, String> settings, Path directory) throws IOException {
            Path token = Files.writeString(directory.resolve("token"), settings.remove("discord.token"));
            settings.put("discord.token-file", token.toString());
            settings.put("gatewatch.admin-token", TOKEN);
        }
    }
}
