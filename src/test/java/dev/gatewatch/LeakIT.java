package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.api.SseClient;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets are planted wherever one could leak from, at the most talkative log level; then everything that comes out is searched. */
class LeakIT {

    private static final String SIGNATURE = "leaked-signature-0123456789";
    private static final String TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE." + SIGNATURE;
    private static final String ADMIN = "leaked-admin-4c1d-0123456789";
    private static final String READ = "leaked-read-9e2f";
    private static final String PASSWORD = "leaked-password-77aa";
    private static final String WEBHOOK = "leaked-webhook-51bb";
    private static final String KEY = "leaked-signing-key-d0c3-0123456789abcdef";
    private static final String KEY_PASSWORD = "leaked-key-password-3e1f";
    private static final String PING = "leaked-ping-8f90";
    private static final List<String> SECRETS =
            List.of(SIGNATURE, ADMIN, READ, PASSWORD, KEY_PASSWORD, WEBHOOK, KEY, PING);

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path data;

    @TempDir
    Path secrets;

    @Test
    void noSecretComesOut() throws Exception {
        Path file = Files.writeString(secrets.resolve("token"), TOKEN);
        Map<String, String> variables = new HashMap<>(Map.of(
                "DISCORD_TOKEN_FILE",
                file.toString(),
                "GATEWATCH_ADMIN_TOKEN",
                ADMIN,
                "GATEWATCH_READ_TOKEN",
                READ,
                "GATEWATCH_DATABASE_URL",
                "postgresql://bot:" + PASSWORD + "@127.0.0.1:1/gatewatch?sslpassword=" + KEY_PASSWORD,
                "GATEWATCH_ALERT_TARGETS",
                "discord:http://127.0.0.1:1/api/webhooks/1/" + WEBHOOK + " json:http://127.0.0.1:1/" + WEBHOOK,
                "GATEWATCH_ALERT_SECRET_FILE",
                Files.writeString(secrets.resolve("key"), KEY + "\n").toString(),
                "GATEWATCH_DEADMAN_URL",
                "http://127.0.0.1:1/ping/" + PING,
                "GATEWATCH_DATA_DIR",
                data.toString()));
        variables.put("GATEWATCH_MONITOR_INTERVAL", "1s");
        variables.put("GATEWATCH_ALERT_OPEN_AFTER", "0s");
        variables.put("QUARKUS_LOG_LEVEL", "TRACE");
        variables.put("QUARKUS_HTTP_ACCESS_LOG_ENABLED", "true");
        for (String category : List.of("DISCORD4J", "DISCORD4J_GATEWAY", "REACTOR", "REACTOR_NETTY", "IO_NETTY")) {
            variables.put("QUARKUS_LOG_CATEGORY__" + category + "__LEVEL", "TRACE");
        }
        StringBuilder out = new StringBuilder();
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withPort(0))) {
            variables.put("DISCORD_API_BASE_URL", simulator.apiBaseUrl().toString());
            try (RunningService service = RunningService.start(variables)) {
                Awaitility.await().atMost(PATIENCE).until(() -> get(service, "/health", "")
                        .contains("connected"));
                try (SseClient stream = SseClient.connect(
                        service.address("/discord-status/stream"), "", "Authorization", "Bearer " + READ)) {
                    stream.await("a status", c -> !c.named("status").isEmpty());
                    simulator.faults().inject("close", Map.of("code", 4000, "reason", "no " + TOKEN));
                    stream.await("the loss", c -> c.saw("\"disconnected\""));
                    out.append(post(service, "/admin/reconnect", ADMIN, "{\"reason\": \"saw " + TOKEN + "\"}"));
                    out.append(post(service, "/admin/stop", ADMIN + "x", "{\"reason\": \"r\"}"));
                    out.append(post(service, "/admin/stop", READ, "{\"reason\": \"r\"}"));
                    out.append(post(service, "/alerts/test", ADMIN, "{}"));
                    out.append(post(service, "/admin/reload-token", ADMIN, "{\"reason\": \"r\"}"));
                    out.append(post(service, "/admin/stop", ADMIN, "{\"reason\": [\"" + TOKEN + "\"]}"));
                    stream.await("the order", c -> c.saw("operator_acted"));
                    for (String path : List.of(
                            "/health",
                            "/discord-status",
                            "/badge.svg",
                            "/history/events",
                            "/history/uptime",
                            "/alerts",
                            "/q/metrics",
                            "/q/openapi",
                            "/q/health",
                            "/no-such",
                            "/history/events?token=" + ADMIN,
                            "/discord-status?access_token=" + READ)) {
                        out.append(get(service, path, READ))
                                .append(get(service, path, ""))
                                .append(get(service, path, TOKEN));
                    }
                    stream.events().forEach(event -> out.append(event.data()));
                    assertThat(stream.events().toString()).contains("(token hidden)");
                }
                service.terminate();
                out.append(service.log());
                assertThat(service.log())
                        .contains("DEBUG")
                        .contains("does not work")
                        .contains("/history/events?token=(secret hidden)");
            }
        }
        out.append(files(data));
        assertThat(openToOthers(data)).isEmpty();

        assertThat(out.length()).isGreaterThan(20_000);
        assertNothingLeaks(out.toString());
    }

    @Test
    void noSecretStandsInAConfigurationError() throws Exception {
        Map<String, String> wrong = Map.of(
                "DISCORD_TOKEN", "Bot " + TOKEN,
                "GATEWATCH_DATABASE_URL", "mysql://bot:" + PASSWORD + "@host/x y",
                "GATEWATCH_ALERT_TARGETS", "nobody:ftp://" + WEBHOOK,
                "GATEWATCH_DEADMAN_URL", "ftp://" + PING,
                "GATEWATCH_STREAM_LIMIT", "many");
        try (RunningService service = RunningService.start(wrong)) {
            service.awaitLog("GATEWATCH_STREAM_LIMIT");
            service.awaitLog("GATEWATCH_DEADMAN_URL");

            assertNothingLeaks(service.log());
        }
    }

    /** The files that more than their owner may read. */
    private static List<Path> openToOthers(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !permissions(file).equals("rw-------"))
                    .toList();
        }
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertNothingLeaks(String text) {
        for (String secret : SECRETS) {
            int at = text.indexOf(secret);
            assertThat(at)
                    .as(() ->
                            secret + " in: " + text.substring(Math.max(0, at - 300), Math.min(text.length(), at + 100)))
                    .isNegative();
        }
    }

    private String get(RunningService service, String path, String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.address(path));
        return send(token.isEmpty() ? request : request.header("Authorization", "Bearer " + token));
    }

    private String post(RunningService service, String path, String token, String body) throws Exception {
        return send(HttpRequest.newBuilder(service.address(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** The whole answer, headers too; empty while nobody answers. */
    private String send(HttpRequest.Builder request) throws InterruptedException {
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return answer.headers().map() + answer.body() + "\n";
        } catch (IOException e) {
            return "";
        }
    }

    private static String files(Path directory) throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return text.toString();
    }
}
