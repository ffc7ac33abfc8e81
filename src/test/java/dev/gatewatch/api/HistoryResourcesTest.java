package dev.gatewatch.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.connection.Endpoint;
import dev.gatewatch.connection.Failure;
import dev.gatewatch.connection.Recovery;
import dev.gatewatch.gateway.ConnectionEvents;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(HistoryResourcesTest.Settings.class)
class HistoryResourcesTest {

    private static final String TOKEN = "correct horse battery staple";

    /** An hour's story on shard 7, told once: two incidents and a blip. */
    @SuppressWarnings("TimeInStaticInitializer") // an hour before the test, whenever that is
    private static final Instant BEGIN =
            Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);

    private static boolean told;

    @Inject
    ConnectionEvents events;

    @BeforeEach
    void tell() {
        if (!told) {
            told = true;
            connected(0);
            lost(600, Failure.closed(4000, ""));
            resumed(630);
            lost(700, Failure.closed(1000, ""));
            resumed(701);
            lost(1200, Failure.of(Failure.Kind.NAME_RESOLUTION, "The name \"gateway\" could not be resolved, sorry"));
            resumed(1320);
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> when().get("/history/events?shard=7&limit=1000")
                                .jsonPath()
                                .getList("items")
                                .size()
                        == 10);
    }

    @Test
    void saysInHealthThatTheDatabaseIsHealthy() {
        when().get("/health").then().body("database", equalTo("healthy"));
    }

    @Test
    void listsEventsNewestFirst() {
        when().get("/history/events?shard=7&limit=2")
                .then()
                .statusCode(200)
                .contentType(ContentType.JSON)
                .header("Link", containsString("rel=\"next\""))
                .body("items", hasSize(2))
                .body("items[0].kind", equalTo("resumed"))
                .body("items[0].time", equalTo(BEGIN.plusSeconds(1320).toString()))
                .body("items[0].replayed", equalTo(3))
                .body("items[1].kind", equalTo("attempt_started"))
                .body("next", notNullValue());
    }

    @Test
    void leadsThroughAllPagesByCursor() {
        List<String> paged = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonPath page = given().queryParam("shard", 7)
                    .queryParam("limit", 4)
                    .queryParam("cursor", cursor)
                    .get("/history/events")
                    .jsonPath();
            paged.addAll(page.getList("items.id"));
            cursor = page.getString("next");
        }

        List<String> all = when().get("/history/events?shard=7").jsonPath().getList("items.id");
        assertThat(paged).isEqualTo(all).doesNotHaveDuplicates();
    }

    @Test
    void filtersEventsByTimeAndKind() {
        given().queryParam("shard", 7)
                .queryParam("kind", "disconnected, RESUMED")
                .queryParam("from", BEGIN.plusSeconds(600).toString())
                .queryParam("to", BEGIN.plusSeconds(701).getEpochSecond())
                .get("/history/events")
                .then()
                .body("items.kind", equalTo(List.of("disconnected", "resumed", "disconnected")));
    }

    @Test
    void namesEveryWrongParameterAndWhatIsExpected() {
        when().get("/history/events?from=yesterday&shard=-1&kind=exploded&limit=100000&cursor=!&color=red&format=xml")
                .then()
                .statusCode(400)
                .contentType(ContentType.JSON)
                .body("status", equalTo(400))
                .body(
                        "message",
                        containsString("\"from\" is \"yesterday\"; expected is a time like 2026-03-01T12:00:00Z"))
                .body("message", containsString("\"shard\" is \"-1\"; expected is a shard's index, 0 or more"))
                .body("message", containsString("\"kind\" is \"exploded\"; expected is some of started, "))
                .body("message", containsString("\"limit\" is \"100000\"; expected is a whole number from 1 to 1000"))
                .body("message", containsString("\"cursor\" is \"!\""))
                .body("message", containsString("\"format\" is \"xml\"; expected is json or csv"))
                .body("message", containsString("\"color\" is not a parameter of this"));
    }

    @Test
    void refusesATimeThatEndsBeforeItBegins() {
        when().get("/history/incidents?from=200&to=100")
                .then()
                .statusCode(400)
                .body("message", equalTo("\"from\" must be before \"to\"."));
    }

    @Test
    void listsIncidentsWithoutBlips() {
        when().get("/history/incidents?shard=7")
                .then()
                .statusCode(200)
                .body("items", hasSize(2))
                .body("items[0].cause", equalTo("name_resolution"))
                .body("items[0].duration_seconds", equalTo(120.0f))
                .body("items[0].verdict.blame", equalTo("network"))
                .body("items[0].verdict.confidence", equalTo("high"))
                .body("items[1].cause", equalTo("closed"))
                .body("items[1].close_codes[0].name", equalTo("Unknown error"))
                .body("items[1].recovered_by", equalTo("resume"))
                .body("items[1].attempts", equalTo(1))
                .body("items[1].verdict.blame", equalTo("discord"))
                .body("next", nullValue());
    }

    @Test
    void filtersIncidentsByKindAndVerdict() {
        when().get("/history/incidents?shard=7&verdict=discord").then().body("items.cause", equalTo(List.of("closed")));
        when().get("/history/incidents?shard=7&kind=name_resolution").then().body("items", hasSize(1));
        when().get("/history/incidents?shard=7&kind=tls").then().body("items", hasSize(0));
    }

    @Test
    void showsAnIncidentWithItsTimeline() {
        String id = when().get("/history/incidents?shard=7").path("items[1].id");

        when().get("/history/incidents/" + id)
                .then()
                .statusCode(200)
                .body("incident.id", equalTo(id))
                .body("incident.verdict.evidence[0]", startsWith("Discord ended the connection with close code 4000"))
                .body("timeline.kind", equalTo(List.of("disconnected", "attempt_started", "resumed")));
    }

    @Test
    void answersAnUnknownIncidentWith404InWords() {
        when().get("/history/incidents/nothing")
                .then()
                .statusCode(404)
                .body("message", containsString("There is no incident \"nothing\""));
    }

    @Test
    void writesCsvByFormatAndByAccept() {
        String byFormat = when().get("/history/incidents?shard=7&format=csv")
                .then()
                .contentType(startsWith("text/csv"))
                .extract()
                .asString();
        String byAccept =
                given().accept("text/csv").get("/history/incidents?shard=7").asString();

        assertThat(byAccept).isEqualTo(byFormat);
        assertThat(byFormat.lines()).hasSize(3);
        assertThat(byFormat)
                .startsWith("id,instance,shard,start,end,duration_seconds,cause,message,close_codes,")
                .contains(",name_resolution,\"The name \"\"gateway\"\" could not be resolved, sorry\",,");
        given().accept("text/csv")
                .get("/history/events?format=json&limit=1")
                .then()
                .contentType(ContentType.JSON);
    }

    @Test
    void takesNotesFromWhoHasTheToken() {
        String notes =
                "/history/incidents/" + when().get("/history/incidents?shard=7").path("items[0].id") + "/notes";
        Map<String, String> note = Map.of("text", "the resolver was restarted", "author", "ann");

        given().contentType(ContentType.JSON)
                .body(note)
                .post(notes)
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer");
        given().contentType(ContentType.JSON)
                .header("Authorization", "Bearer wrong")
                .body(note)
                .post(notes)
                .then()
                .statusCode(401)
                .body("message", not(containsString(TOKEN)));
        admin().body(Map.of("text", " "))
                .post(notes)
                .then()
                .statusCode(400)
                .body("message", containsString("\"text\""));
        admin().body(note).post("/history/incidents/nothing/notes").then().statusCode(404);
        admin().body(note).post(notes).then().statusCode(201).body("author", equalTo("ann"));

        when().get(notes.replace("/notes", ""))
                .then()
                .body("notes", hasSize(1))
                .body("notes[0].text", equalTo("the resolver was restarted"));
    }

    @Test
    void leavesMaintenanceOutOfTheUptimeVisibly() {
        float before = figure("downtime_seconds");
        assertThat(before).isEqualTo(151.0f);
        String id = admin().body(Map.of(
                        "from", BEGIN.plusSeconds(1200).toString(),
                        "to", BEGIN.plusSeconds(1320).toString(),
                        "reason", "resolver upgrade"))
                .post("/history/maintenance")
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        assertThat(figure("downtime_seconds")).isEqualTo(31.0f);
        assertThat(figure("maintenance_seconds")).isEqualTo(120.0f);
        when().get("/history/uptime").then().body("windows[0].maintenance[0].reason", equalTo("resolver upgrade"));

        given().delete("/history/maintenance/" + id).then().statusCode(401);
        admin().delete("/history/maintenance/" + id).then().statusCode(204);
        admin().delete("/history/maintenance/" + id).then().statusCode(404);
        assertThat(figure("downtime_seconds")).isEqualTo(before);
    }

    @Test
    void showsUptimeOverFourWindows() {
        when().get("/history/uptime")
                .then()
                .statusCode(200)
                .body("windows.window", equalTo(List.of("24h", "7d", "30d", "90d")))
                .body("windows[0].shards.find { it.shard == 7 }.figures.incidents", equalTo(2))
                .body("windows[0].shards.find { it.shard == 7 }.figures.mttr_seconds", equalTo(75.0f))
                .body("windows[0].shards.find { it.shard == 7 }.figures.longest_outage_seconds", equalTo(120.0f))
                .body("windows[0].downtime_by_verdict.network", equalTo(120.0f))
                .body("windows[0].downtime_by_cause.name_resolution", equalTo(120.0f));
    }

    @Test
    void showsTheAvailabilityStretchByStretch() {
        // Behind the last fact it is the writer's next pulse, some seconds on, that says the shard is still watched.
        JsonPath minutes = Awaitility.await("the pulse")
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> given().queryParam("from", BEGIN.toString())
                                .queryParam("to", BEGIN.plusSeconds(1_500).toString())
                                .queryParam("step", "1m")
                                .get("/history/availability")
                                .jsonPath(),
                        answer -> !answer.getList("shards.find { it.shard == 7 }.uptime_percent")
                                .contains(null));
        List<Float> percents = minutes.getList("shards.find { it.shard == 7 }.uptime_percent");
        List<Float> down = minutes.getList("downtime_seconds", Float.class);

        assertThat(minutes.getString("zone")).isEqualTo("UTC");
        assertThat(minutes.getList("times")).hasSameSizeAs(percents).hasSameSizeAs(minutes.getList("incidents"));
        assertThat(down.stream().mapToDouble(Float::doubleValue).sum()).isEqualTo(151);
        assertThat(percents).contains(100f, 0f).doesNotContainNull();
        assertThat(minutes.getList("incidents", Integer.class)).contains(0, 1);
    }

    @Test
    void cutsDaysAtTheMidnightOfAZone() {
        when().get("/history/availability?from=2026-03-28T12:00:00Z&to=2026-03-31T00:00:00Z&step=1d&zone=Europe/Berlin")
                .then()
                .statusCode(200)
                .body("zone", equalTo("Europe/Berlin"))
                .body(
                        "times",
                        equalTo(List.of(
                                "2026-03-27T23:00:00Z",
                                "2026-03-28T23:00:00Z",
                                "2026-03-29T22:00:00Z",
                                "2026-03-30T22:00:00Z")))
                .body("uptime_percent", everyItem(nullValue()));
    }

    @Test
    void refusesAnAvailabilityNobodyCouldLookAt() {
        when().get("/history/availability?from=2026-01-01T00:00:00Z&to=2026-03-01T00:00:00Z&step=1m&zone=Mars")
                .then()
                .statusCode(400)
                .body("message", containsString("\"step\" is 1m, of which more than 1000 lie between"))
                .body("message", containsString("\"zone\" is \"Mars\"; expected is a time zone like Europe/Berlin"));
        when().get("/history/availability?step=2m")
                .then()
                .statusCode(400)
                .body("message", containsString("expected is one of 1m, 15m, 1h, 6h, 1d"));
    }

    @Test
    void showsSamplesOfOneShardOrOfAllAsOne() {
        when().get("/history/samples?shard=all").then().statusCode(200).body("step", equalTo("1m"));
        when().get("/history/samples?shard=7").then().statusCode(200);
        when().get("/history/samples?shard=some")
                .then()
                .statusCode(400)
                .body("message", containsString("expected is a shard's index, 0 or more, or all"));
    }

    @Test
    void refusesMoreSamplesThanAnAnswerHolds() {
        when().get("/history/samples?step=1m&from=2026-01-01T00:00:00Z&to=2026-03-01T00:00:00Z")
                .then()
                .statusCode(400)
                .body("message", containsString("\"step\" is 1m, of which more than 10080 lie between"));
        when().get("/history/samples?step=2m").then().statusCode(400).body("message", containsString("1m, 1h or 1d"));
        when().get("/history/samples").then().statusCode(200).body("step", equalTo("1m"));
        when().get("/history/samples?from=2026-01-01T00:00:00Z&to=2026-03-01T00:00:00Z&format=csv")
                .then()
                .statusCode(200)
                .body(startsWith("time,shard,phase,uptime_percent,"));
    }

    @Test
    void keepsEachEventsIdUnique() {
        when().get("/history/events?limit=1000").then().body("items.id.unique().size()", greaterThan(10));
        when().get("/history/events?limit=1000").then().body("items.instance", everyItem(equalTo("default")));
    }

    private static float figure(String name) {
        return when().get("/history/uptime").path("windows[0].shards.find { it.shard == 7 }.figures." + name);
    }

    private static io.restassured.specification.RequestSpecification admin() {
        return given().contentType(ContentType.JSON).header("Authorization", "Bearer " + TOKEN);
    }

    private void connected(int second) {
        events.publish(new ConnectionEvent.Connected(7, BEGIN.plusSeconds(second), 1));
    }

    private void lost(int second, Failure failure) {
        events.publish(new ConnectionEvent.Disconnected(7, BEGIN.plusSeconds(second), failure));
        events.publish(new ConnectionEvent.AttemptStarted(
                7, BEGIN.plusSeconds(second), 1, Recovery.RESUME, Endpoint.RESUME_URL));
        events.publish(new ConnectionEvent.HeartbeatAcknowledged(7, BEGIN.plusSeconds(second), Duration.ofMillis(40)));
    }

    private void resumed(int second) {
        events.publish(new ConnectionEvent.Resumed(7, BEGIN.plusSeconds(second), 1, 3));
    }

    /** A database of its own. */
    public static class Settings implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                return Map.of(
                        "gatewatch.history-enabled",
                        "true",
                        "gatewatch.data-dir",
                        Files.createTempDirectory("history").toString(),
                        "gatewatch.admin-token",
                        TOKEN,
                        "quarkus.http.test-port",
                        "0");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
