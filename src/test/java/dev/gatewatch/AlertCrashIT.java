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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program is killed with SIGKILL while alerts are under way; every one arrives, in order, and none is made twice. */
class AlertCrashIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private final Simulator simulator = Simulator.start(
            SimulatorOptions.defaults().withPort(0).withRules(Rules.discord().withIdentifies(1, Duration.ZERO, 1_000)));
    private final Receiver receiver = new Receiver();

    @AfterEach
    void close() {
        receiver.close();
        simulator.close();
    }

    @Test
    void deliversAfterAKillWithSqlite() throws Exception {
        deliversAfterAKill(Map.of());
    }

    @Test
    void deliversAfterAKillWithPostgres() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
            deliversAfterAKill(Map.of(
                    "GATEWATCH_DATABASE_URL",
                    "postgresql://postgres:postgres@localhost:" + server.getPort() + "/postgres"));
        }
    }

    /** The target is away when the alert opens; the process is killed; the next one delivers, and tells the end. */
    private void deliversAfterAKill(Map<String, String> database) throws Exception {
        receiver.always(Receiver.status(503));
        try (RunningService service = RunningService.start(settings(database))) {
            service.awaitConnected();
            refuse(600);
            Awaitility.await().atMost(PATIENCE).until(() -> receiver.requests().size() >= 2);
        }
        List<JsonNode> attempted = messages();
        int before = attempted.size();

        receiver.always(Receiver.status(204));
        try (RunningService service = RunningService.start(settings(database))) {
            Awaitility.await().atMost(PATIENCE).until(() -> messages().size() > before);
            simulator.faults().healAll();
            Awaitility.await().atMost(PATIENCE).until(() -> events(before).contains("resolved"));
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> service.get("/alerts").path("queued").asInt(-1) == 0);
        }

        assertThat(events(before)).containsExactly("opened", "resolved");
        List<JsonNode> delivered = messages().subList(before, messages().size());
        assertThat(delivered.get(0).path("id")).isEqualTo(attempted.get(0).path("id"));
        assertThat(delivered.get(1).path("alert")).isEqualTo(attempted.get(0).path("alert"));
        assertThat(delivered.get(1).path("duration_seconds").asDouble()).isGreaterThan(1);
        assertThat(attempted)
                .allMatch(message -> message.path("id").equals(attempted.get(0).path("id")));
    }

    /** Killed again and again at odd moments, with a target that works only half of the time. */
    @Test
    void losesNothingAndKeepsTheOrderHoweverOftenItIsKilled() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 4; i++) {
            receiver.always(i % 2 == 0 ? Receiver.status(503) : Receiver.status(204));
            try (RunningService service = RunningService.start(settings(Map.of()))) {
                service.awaitConnected();
                refuse(3);
                int before = receiver.requests().size();
                Awaitility.await("seed " + seed)
                        .atMost(PATIENCE)
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(1 + random.nextInt(300)))
                        .until(() -> receiver.requests().size() > before + random.nextInt(2));
            }
        }
        receiver.always(Receiver.status(204));
        try (RunningService service = RunningService.start(settings(Map.of()))) {
            service.awaitConnected();
            Awaitility.await("seed " + seed).atMost(PATIENCE).until(() -> {
                JsonNode alerts = service.get("/alerts");
                return alerts.path("queued").asInt(-1) == 0
                        && alerts.path("open").isEmpty()
                        && alerts.path("outbox_saved").asBoolean();
            });
        }

        assertAddsUp(seed);
    }

    /** By its first arrival each message is newer than the one before; ends follow beginnings of the same alert. */
    private void assertAddsUp(long seed) {
        Map<String, JsonNode> unique = new LinkedHashMap<>();
        messages().forEach(message -> unique.putIfAbsent(message.path("id").asText(), message));
        assertThat(List.copyOf(unique.keySet())).as("seed %d", seed).isSorted().hasSizeGreaterThanOrEqualTo(2);
        List<String> story = new ArrayList<>();
        Map<String, String> open = new HashMap<>();
        for (JsonNode message : unique.values()) {
            String rule = message.path("rule").asText();
            String alert = message.path("alert").asText();
            String event = message.path("event").asText();
            story.add(event + " " + alert);
            if (event.equals("opened")) {
                assertThat(open.put(rule, alert)).as("%s, seed %d", story, seed).isNull();
            } else if (event.equals("resolved")) {
                assertThat(open.remove(rule)).as("%s, seed %d", story, seed).isEqualTo(alert);
            }
        }
        assertThat(open).as("%s, seed %d", story, seed).isEmpty();
    }

    private List<JsonNode> messages() {
        return receiver.requests().stream().map(AlertCrashIT::parse).toList();
    }

    private List<String> events(int from) {
        return messages().stream()
                .skip(from)
                .map(message -> message.path("event").asText())
                .toList();
    }

    private Map<String, String> settings(Map<String, String> database) {
        Map<String, String> settings = new HashMap<>(database);
        settings.put("DISCORD_TOKEN", simulator.token());
        settings.put("DISCORD_API_BASE_URL", simulator.apiBaseUrl().toString());
        settings.put("DISCORD_RECONNECT_DELAY", "100ms");
        settings.put("GATEWATCH_DATA_DIR", directory.toString());
        settings.put("GATEWATCH_ALERT_TARGETS", "json:" + receiver.url("/hook"));
        settings.put("GATEWATCH_ALERT_SECRET", "a secret of some length for tests");
        settings.put("GATEWATCH_ALERT_OPEN_AFTER", "1s");
        settings.put("GATEWATCH_ALERT_RESOLVE_AFTER", "1s");
        settings.put("GATEWATCH_ALERT_FLAP_LOSSES", "1000");
        return settings;
    }

    private void refuse(int seconds) {
        simulator.faults().inject("refuse", Map.of("seconds", seconds));
    }

    private static JsonNode parse(Receiver.Request request) {
        try {
            return JSON.readTree(request.body());
        } catch (IOException e) {
            throw new AssertionError(request.body(), e);
        }
    }
}
