package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatewatch.alert.Receiver;
import dev.gatewatch.simulator.Rules;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program goes on with what version 1.0 left behind when it was killed. */
class UpgradeIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHARDS = 3;

    @TempDir
    Path data;

    private Receiver receiver;

    @BeforeEach
    void start() {
        receiver = new Receiver();
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    void resumesTheSessionsAndGoesOnWithSqlite() throws Exception {
        FirstRelease before = FirstRelease.withSqlite();
        before.copyTo(data);
        String database = "jdbc:sqlite:" + data.resolve("gatewatch.db");
        List<String> events = FirstRelease.events(database, null);
        List<String> messages = FirstRelease.address(database, null, receiver.url("/hook"));
        try (Simulator discord = discord()) {
            FirstRelease.refresh(data, discord.gatewayUrl());
            try (RunningService service = RunningService.start(settings(discord, Map.of()))) {
                service.awaitConnected();

                assertThat(discord.state().at("/identifies/spent").asInt()).isZero();
                assertThat(discord.violations()).isEmpty();
                assertHistoryIsKept(service, before, events);
                assertAlertsAreDelivered(service, messages);
            }
        }
    }

    @Test
    void goesOnWithPostgresAndIdentifiesOnceWhereTheSessionsAreTooOld() throws Exception {
        FirstRelease before = FirstRelease.withPostgres();
        before.copyTo(data);
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
                Simulator discord = discord()) {
            String database = server.getJdbcUrl("postgres", "postgres");
            before.load(database, "postgres");
            List<String> events = FirstRelease.events(database, "postgres");
            List<String> messages = FirstRelease.address(database, "postgres", receiver.url("/hook"));
            Map<String, String> postgres = Map.of(
                    "GATEWATCH_DATABASE_URL",
                    "postgresql://postgres:postgres@localhost:" + server.getPort() + "/postgres",
                    "DISCORD_SESSION_MAX_AGE",
                    "1s");
            try (RunningService service = RunningService.start(settings(discord, postgres))) {
                service.awaitConnected();

                assertThat(discord.state().at("/identifies/spent").asInt()).isEqualTo(SHARDS);
                assertThat(discord.violations()).isEmpty();
                assertThat(service.log()).doesNotContain("WARN", "ERROR");
                assertHistoryIsKept(service, before, events);
                assertAlertsAreDelivered(service, messages);
            }
        }
    }

    private void assertHistoryIsKept(RunningService service, FirstRelease before, List<String> events)
            throws IOException {
        List<String> journalled = before.journalled();
        assertThat(journalled).isNotEmpty().doesNotContainAnyElementsOf(events);
        Awaitility.await("the journal is replayed").atMost(PATIENCE).until(() -> ids(service, "/history/events")
                .containsAll(journalled));
        assertThat(ids(service, "/history/events")).containsAll(events).doesNotHaveDuplicates();
        assertThat(data.resolve("history.journal")).doesNotExist();

        List<JsonNode> incidents = items(service, "/history/incidents");
        assertThat(before.answer("incidents.json")).isNotEmpty().allSatisfy(incident -> assertThat(incidents)
                .anySatisfy(found -> assertHasAllOf(found, incident)));
        assertThat(incidents).noneMatch(incident -> incident.path("open").asBoolean());
        for (String answer : List.of("incident.json", "maintenance.json", "availability.json", "minutes.json")) {
            JsonNode recorded = before.answer(answer);
            assertHasAllOf(service.get(recorded.path("path").asText()), recorded.path("answer"));
        }
        for (String step : List.of("1h", "1d")) {
            assertThat(service.get("/history/samples?from=2026-11-30T00:00:00Z&to=2026-12-01T00:00:00Z&step=" + step)
                            .path("items"))
                    .hasSize(SHARDS);
        }
    }

    /** What was waiting arrives first, in its order; that all is well again comes after it. */
    private void assertAlertsAreDelivered(RunningService service, List<String> messages) {
        assertThat(messages).isNotEmpty();
        Awaitility.await().atMost(PATIENCE).until(() -> receiver.requests().size() > messages.size());
        List<JsonNode> delivered =
                receiver.requests().stream().map(UpgradeIT::json).toList();
        assertThat(delivered)
                .extracting(message -> message.path("id").asText())
                .startsWith(messages.toArray(String[]::new));
        JsonNode last = delivered.get(messages.size());
        assertThat(last.path("event").asText()).isEqualTo("resolved");
        assertThat(last.path("alert"))
                .isEqualTo(delivered.get(messages.size() - 1).path("alert"));
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> service.get("/alerts").path("open").isEmpty());
    }

    /** Everything that was answered before is still answered; there may be more. */
    private static void assertHasAllOf(JsonNode found, JsonNode wanted) {
        if (wanted.isObject()) {
            wanted.properties().forEach(field -> assertHasAllOf(found.path(field.getKey()), field.getValue()));
        } else if (wanted.isArray()) {
            assertThat(found.size()).as("size of %s", found).isEqualTo(wanted.size());
            for (int i = 0; i < wanted.size(); i++) {
                assertHasAllOf(found.get(i), wanted.get(i));
            }
        } else {
            assertThat(found).isEqualTo(wanted);
        }
    }

    private static List<String> ids(RunningService service, String path) {
        return items(service, path).stream()
                .map(item -> item.path("id").asText())
                .toList();
    }

    /** All items of a list, page by page. */
    private static List<JsonNode> items(RunningService service, String path) {
        List<JsonNode> items = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = service.get(path + "?limit=1000" + cursor);
            page.path("items").forEach(items::add);
            cursor = page.hasNonNull("next") ? "&cursor=" + page.path("next").asText() : null;
        }
        return items;
    }

    /** Times in the recording are fixed; these settings keep what is as old as they are, for as long as settings allow. */
    private Map<String, String> settings(Simulator discord, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("DISCORD_TOKEN", discord.token());
        settings.put("DISCORD_API_BASE_URL", discord.apiBaseUrl().toString());
        settings.put("GATEWATCH_DATA_DIR", data.toString());
        settings.put("GATEWATCH_ALERT_TARGETS", "json:" + receiver.url("/hook"));
        settings.put("GATEWATCH_ALERT_SECRET", "a secret of some length for tests");
        settings.put("GATEWATCH_ALERT_RESOLVE_AFTER", "1s");
        settings.put("GATEWATCH_ALERT_REMIND_EVERY", "0");
        Stream.of("EVENTS", "INCIDENTS", "MINUTES", "HOURS", "DAYS")
                .forEach(kind -> settings.put("GATEWATCH_RETENTION_" + kind, "3650d"));
        return settings;
    }

    /** The Discord of the recording, which knows the sessions however old they are. */
    private Simulator discord() {
        return Simulator.start(SimulatorOptions.defaults()
                .withPort(0)
                .withGuilds(7, 300)
                .withDataDir(data)
                .withRules(Rules.discord()
                        .withShards(SHARDS, 1)
                        .withIdentifies(SHARDS, Duration.ofSeconds(5), 1_000)
                        .withSessions(Duration.ofDays(36_500), 10_000)));
    }

    private static JsonNode json(Receiver.Request request) {
        try {
            return JSON.readTree(request.body());
        } catch (IOException e) {
            throw new AssertionError(request.body(), e);
        }
    }
}
