package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program is killed with SIGKILL while it writes; what the API has shown is there afterwards, once, in order. */
class HistoryCrashIT {

    private static final int KILLS = 4;
    private static final String TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.a-signature_of_some_length";

    @TempDir
    Path directory;

    private final Set<String> shown = new LinkedHashSet<>();
    private HttpServer discord;
    private int port;
    private Process process;

    /** A Discord that refuses every request, so that the service writes some hundred events a second. */
    @BeforeEach
    void start() throws IOException {
        discord = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        discord.createContext("/", exchange -> {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        discord.start();
        port = FreePort.find();
    }

    @AfterEach
    void stop() throws InterruptedException {
        discord.stop(0);
        kill();
    }

    @Test
    void sqliteKeepsWhatTheApiHasShown() throws Exception {
        for (int i = 0; i < KILLS; i++) {
            run(Map.of());
            watchThenKill();
        }

        assertNothingLost(Map.of());
    }

    @Test
    void postgresKeepsWhatTheApiHasShown() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
            Map<String, String> database = postgres(server.getPort());
            for (int i = 0; i < KILLS; i++) {
                run(database);
                watchThenKill();
            }

            assertNothingLost(database);
            assertThat(directory.resolve("gatewatch.db")).doesNotExist();
        }
    }

    @Test
    void aPostgresOutageWithAKillInBetweenLosesNothing() throws Exception {
        Path cluster = directory.resolve("cluster");
        EmbeddedPostgres server = postgresIn(cluster, FreePort.find());
        Map<String, String> database = postgres(server.getPort());
        run(database);
        watch(50);
        server.close();
        Path journal = directory.resolve("history.journal");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> Files.exists(journal) && Files.size(journal) > 20_000);
        JsonPath health = RestAssured.get(url("/health")).jsonPath();
        assertThat(health.getString("database")).isEqualTo("unhealthy");
        assertThat(RestAssured.get(url("/history/events")).statusCode()).isEqualTo(503);
        kill();
        List<String> waiting = Files.readAllLines(journal);
        run(database);
        EmbeddedPostgres again = postgresIn(cluster, server.getPort());
        try {
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> all().size() > 200);
            List<String> ids = all();
            assertThat(ids).containsAll(shown).doesNotHaveDuplicates().isSorted();
            assertThat(waiting.stream()
                            .filter(line -> line.contains("\"id\":\"") && line.endsWith("}"))
                            .map(line -> line.replaceAll(".*?\"id\":\"([0-9A-Z]{26})\".*", "$1")))
                    .hasSizeGreaterThan(50)
                    .allMatch(ids::contains);
        } finally {
            kill();
            again.close();
        }
    }

    @Test
    void aNewerSchemaStopsTheStartWithAClearMessage() throws Exception {
        run(Map.of());
        watch(1);
        kill();
        try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("gatewatch.db"));
                var statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO gatewatch_schema (installed_rank, version, description, type, script, checksum,"
                            + " installed_by, execution_time, success) VALUES (99, '7', 'from the future', 'SQL', 'V7__x.sql', 1, '', 1, 1)");
        }

        var outcome = PackagedProgram.run(settings(Map.of()));

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err() + outcome.out())
                .contains("has schema version 7, and this Gatewatch knows versions up to 5 only")
                .doesNotContain("\tat ");
    }

    private void watchThenKill() throws Exception {
        watch(shown.size() + 150);
        kill();
    }

    /** Remembers what the API shows until it has shown so many. */
    private void watch(int count) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .until(() -> {
                    shown.addAll(RestAssured.get(url("/history/events?limit=1000"))
                            .jsonPath()
                            .getList("items.id"));
                    return shown.size() >= count;
                });
    }

    private void assertNothingLost(Map<String, String> database) throws Exception {
        run(database);
        watch(shown.size() + 1);
        List<String> ids = all();
        assertThat(ids).containsAll(shown).doesNotHaveDuplicates().isSorted();
    }

    /** Every event's id, oldest first. */
    private List<String> all() {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonPath page = RestAssured.given()
                    .queryParam("limit", 1000)
                    .queryParam("cursor", cursor)
                    .get(url("/history/events"))
                    .jsonPath();
            List<String> items = page.getList("items.id");
            ids.addAll(items == null ? List.of() : items);
            cursor = page.getString("next");
        }
        Collections.reverse(ids);
        return ids;
    }

    private void run(Map<String, String> database) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(PackagedProgram.command())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("out.log").toFile()));
        OnlyThese.variables(builder, settings(database));
        process = builder.start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> RestAssured.get(url("/health")).statusCode() > 0);
    }

    private void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    private Map<String, String> settings(Map<String, String> database) {
        Map<String, String> settings = new HashMap<>(database);
        settings.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        settings.put("GATEWATCH_DATA_DIR", directory.toString());
        settings.put("DISCORD_TOKEN", TOKEN);
        settings.put(
                "DISCORD_API_BASE_URL",
                "http://127.0.0.1:" + discord.getAddress().getPort());
        settings.put("DISCORD_RECONNECT_DELAY", "10ms");
        settings.put("DISCORD_MAX_BACKOFF", "20ms");
        return settings;
    }

    private static Map<String, String> postgres(int port) {
        return Map.of("GATEWATCH_DATABASE_URL", "postgresql://postgres:postgres@localhost:" + port + "/postgres");
    }

    private static EmbeddedPostgres postgresIn(Path cluster, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(cluster)
                .setCleanDataDirectory(false)
                .start();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }
}
