package dev.gatewatch.metrics;

import static dev.gatewatch.SimulatorResource.awaitConnected;
import static dev.gatewatch.SimulatorResource.control;
import static dev.gatewatch.SimulatorResource.healAll;
import static dev.gatewatch.SimulatorResource.inject;
import static dev.gatewatch.metrics.SimulatedDiscord.await;
import static dev.gatewatch.metrics.SimulatedDiscord.use;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.gatewatch.Promtool;
import dev.gatewatch.connection.Phase;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is scraped over HTTP while real Discord4J talks over real sockets to a Discord that misbehaves. */
@QuarkusTest
@TestProfile(SimulatedDiscord.Profile.class)
class MetricsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ATTEMPT_FAILURES = "gatewatch_attempt_failures_total";
    private static final String DISCONNECTS = "gatewatch_disconnects_total";
    private static final String RECOVERIES = "gatewatch_recovery_duration_seconds_count";
    private static final String REQUESTS = "gatewatch_rest_requests_total";
    private static final String EVENTS = "gatewatch_events_received_total";

    @BeforeEach
    void isConnected() {
        awaitConnected();
        await(1, "gatewatch_heartbeat_latency_seconds_count");
    }

    @AfterEach
    void heal() {
        healAll();
    }

    @Test
    void namesAndTypesArePinned() {
        Scrape scrape = whenEverythingHasHappened();

        Map<String, String> ours = new TreeMap<>(scrape.types());
        ours.keySet().removeIf(name -> !name.startsWith("gatewatch_"));

        assertThat(ours).containsExactlyInAnyOrderEntriesOf(PinnedNames.ALL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/openmetrics-text; version=1.0.0",
                "application/openmetrics-text;version=1.0.0;q=0.5",
                "application/openmetrics-text",
                "application/openmetrics-text; version=1.0.0; charset=utf-8",
                "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/json;q=0.1"
            })
    void aScraperThatAcceptsOpenMetricsAloneGetsIt(String accept) {
        given().header("Accept", accept)
                .header("Accept-Encoding", "gzip")
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .header("Content-Type", equalTo("application/openmetrics-text; version=1.0.0; charset=utf-8"))
                .header("Content-Encoding", equalTo("gzip"))
                .body(containsString("gatewatch_shard_state{"), endsWith("# EOF\n"));
    }

    @Test
    void aScraperThatPrefersPlainTextGetsThatAndOneOfAnotherVersionIsRefused() {
        given().header("Accept", "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3")
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .contentType(startsWith("text/plain"));
        given().header("Accept", "application/openmetrics-text;version=2.0.0")
                .get("/q/metrics")
                .then()
                .statusCode(406);
    }

    @Test
    void aShardIsInExactlyOneState() {
        Scrape scrape = Scrape.now();

        assertThat(scrape.samples("gatewatch_shard_state")).hasSize(Phase.values().length);
        assertThat(scrape.value("gatewatch_shard_state", "shard", "0")).isEqualTo(1);
        assertThat(scrape.value("gatewatch_shard_state", "shard", "0", "state", "connected"))
                .isEqualTo(1);
    }

    @Test
    void aDisconnectHasItsCodeAndWhoClosedAndIsWonBackByAResume() {
        String[] closed = {"shard", "0", "code", "4000", "closed_by", "discord", "cause", "closed"};
        Scrape before = Scrape.now();

        inject("{\"fault\":\"close\",\"code\":4000}");

        Scrape after = await(before.value(RECOVERIES, "recovery", "resume") + 1, RECOVERIES, "recovery", "resume");
        assertThat(after.value(DISCONNECTS, closed)).isEqualTo(before.value(DISCONNECTS, closed) + 1);
        assertThat(after.value("gatewatch_recovery_duration_seconds_sum", "recovery", "resume"))
                .isGreaterThan(before.value("gatewatch_recovery_duration_seconds_sum", "recovery", "resume"))
                .isLessThan(60);
        assertThat(after.value("gatewatch_identifies_total")).isEqualTo(before.value("gatewatch_identifies_total"));
    }

    @Test
    void anInvalidSessionCostsAnIdentify() {
        Scrape before = Scrape.now();

        inject("{\"fault\":\"invalid-session\",\"resumable\":false}");

        Scrape after = await(before.value(RECOVERIES, "recovery", "identify") + 1, RECOVERIES, "recovery", "identify");
        assertThat(after.value("gatewatch_identifies_total")).isGreaterThan(before.value("gatewatch_identifies_total"));
        assertThat(after.value("gatewatch_identify_budget_remaining"))
                .isLessThan(before.value("gatewatch_identify_budget_remaining"))
                .isEqualTo(when().get("/discord-status").jsonPath().getDouble("identify_budget.remaining"));
        assertThat(after.value("gatewatch_identify_budget_limit")).isEqualTo(1_000);
        assertThat(after.value("gatewatch_identify_budget_reserve")).isEqualTo(50);
    }

    @Test
    void aDeadConnectionIsFoundByUsAndHowLongItTookIsMeasured() {
        String[] zombie = {"cause", "zombie", "code", "none", "closed_by", "gatewatch"};
        Scrape before = Scrape.now();

        inject("{\"fault\":\"black-hole\",\"scope\":\"current\"}");

        await(before.value(DISCONNECTS, zombie) + 1, DISCONNECTS, zombie);
        // A meter of its own: a scrape may come between the two.
        String detections = "gatewatch_zombie_detection_seconds_count";
        Scrape after = await(before.value(detections) + 1, detections);
        assertThat(after.value(detections)).isEqualTo(before.value(detections) + 1);
        assertThat(after.value("gatewatch_zombie_detection_seconds_sum")
                        - before.value("gatewatch_zombie_detection_seconds_sum"))
                .as("at least a second of silence and a second for the answer")
                .isBetween(1.0, 60.0);
    }

    @Test
    void theLastAckIsARecentMoment() {
        Scrape scrape = Scrape.now();

        assertThat(scrape.value("gatewatch_last_ack_timestamp_seconds", "shard", "0"))
                .isBetween(System.currentTimeMillis() / 1_000.0 - 60, System.currentTimeMillis() / 1_000.0);
        assertThat(scrape.value("gatewatch_heartbeat_latency_seconds_bucket", "le", "+Inf"))
                .isEqualTo(scrape.value("gatewatch_heartbeat_latency_seconds_count"));
    }

    @Test
    void eventsAreCountedByTheirDocumentedNames() {
        double before = Scrape.now().value(EVENTS, "type", "TYPING_START");
        double expected = (Double.isNaN(before) ? 0 : before) + 25;

        given().body("{\"count\":25}").post(control() + "/events").then().statusCode(200);
        inject("{\"fault\":\"unknown-event\",\"type\":\"SECRET_FEATURE_7\"}");

        await(expected, EVENTS, "type", "TYPING_START");
        Scrape after = await(1, EVENTS, "type", "other");
        assertThat(after.value(EVENTS, "type", "TYPING_START")).isEqualTo(expected);
        assertThat(after.text()).doesNotContain("SECRET_FEATURE_7");
        assertThat(after.value(EVENTS, "type", "READY")).isPositive();
    }

    @Test
    void requestsToDiscordAreCountedByStatus() {
        assertThat(Scrape.now().value(REQUESTS, "status", "200")).isPositive();

        inject("{\"fault\":\"http-503\"}");
        awaitRequestAnswered("503");
        healAll();

        awaitConnected();
        inject("{\"fault\":\"http-hang\"}");
        awaitRequestAnswered("none");
    }

    /** Makes the bot begin new sessions until it asks Discord before one; it does not where the last answer is a moment old. */
    private static void awaitRequestAnswered(String status) {
        Awaitility.await(status)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    inject("{\"fault\":\"invalid-session\",\"resumable\":false}");
                    return Scrape.now().value(REQUESTS, "status", status) >= 1;
                });
    }

    @Test
    void guildsUsersAndTheHistorysWritesAreThere() {
        Scrape scrape = await(1, "gatewatch_history_writes_total");

        assertThat(scrape.value("gatewatch_guilds", "shard", "0")).isEqualTo(5);
        assertThat(scrape.value("gatewatch_users", "shard", "0")).isGreaterThanOrEqualTo(1_250);
        assertThat(scrape.value("gatewatch_history_up")).isEqualTo(1);
        assertThat(scrape.value("gatewatch_history_lost_total")).isZero();
        assertThat(scrape.value("gatewatch_history_buffer_entries"))
                .isBetween(0.0, scrape.value("gatewatch_history_buffer_capacity"));
    }

    @Test
    void aScrapeIsCompressedAndSaysSo() {
        for (int i = 0; i < 100; i++) { // more often than a race between two threads is won by chance
            given().header("Accept-Encoding", "gzip")
                    .accept("text/plain")
                    .get("/q/metrics")
                    .then()
                    .header("Content-Encoding", "gzip")
                    .body(containsString("# TYPE gatewatch_shard_state gauge"));
        }
    }

    @Test
    void promtoolHasNothingToSayAboutAScrape() throws Exception {
        Promtool.isInstalled();

        Promtool.Outcome outcome = Promtool.run(Scrape.now().text(), "check", "metrics");

        assertThat(outcome.output()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void rulesAndDashboardNameOnlyMetricsThatExist() throws Exception {
        Set<String> existing = whenEverythingHasHappened().names();

        Set<String> missing = new TreeSet<>(Monitoring.metrics());
        missing.removeAll(existing);

        assertThat(Monitoring.metrics()).hasSizeGreaterThan(20);
        assertThat(missing).isEmpty();
    }

    @Test
    void theStatusAndTheProbesAreNotCountedAndOtherRequestsAre() {
        String counted = "http_server_requests_seconds_count";
        String[] badge = {"uri", "/badge.svg", "method", "GET", "status", "200", "outcome", "SUCCESS"};
        when().get("/badge.svg").then().statusCode(200);
        double before = await(1, counted, badge).value(counted, badge);

        when().get("/badge.svg").then().statusCode(200);
        for (String path : List.of("/health", "/discord-status", "/q/health/live", "/q/openapi")) {
            when().get(path).then().statusCode(200);
        }

        Scrape scrape = await(before + 1, counted, badge);
        assertThat(scrape.samples(counted))
                .noneMatch(sample -> sample.labels().get("uri").matches("/health|/discord-status|/q/.*"));
        assertThat(scrape.value("http_server_bytes_written_sum")).isPositive();
        assertThat(scrape.value("vertx_http_connections_current")).isPositive();
    }

    @Test
    void noLabelHasManyValuesOrASecret() {
        Scrape scrape = Scrape.now();
        Map<String, Set<String>> values = new TreeMap<>();
        scrape.names().stream().flatMap(name -> scrape.samples(name).stream()).forEach(sample -> sample.labels()
                .forEach((label, value) -> values.computeIfAbsent(sample.name() + " " + label, key -> new TreeSet<>())
                        .add(value)));

        assertThat(values)
                .allSatisfy(
                        (label, different) -> assertThat(different).as(label).hasSizeLessThan(100));
        assertThat(scrape.text()).doesNotContain(token());
    }

    /** A scrape after a failed attempt, a slash command and a listener's event, which have no series before. */
    private static Scrape whenEverythingHasHappened() {
        Awaitility.await().atMost(PATIENCE).until(() -> use("ping"));
        await(1, "gatewatch_command_invocations_total");
        inject("{\"fault\":\"refuse\",\"seconds\":1}");
        when().get("/badge.svg").then().statusCode(200); // unlike the status and the probes, it is measured
        await(1, "gatewatch_listener_events_total"); // of com.example's listener among the tests
        return await(1, ATTEMPT_FAILURES);
    }

    private static String token() {
        return ConfigProvider.getConfig().getValue("discord.token", String.class);
    }
}
