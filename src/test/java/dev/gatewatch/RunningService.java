package dev.gatewatch;

import static org.hamcrest.Matchers.containsString;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatewatch.simulator.Simulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** The packaged program, running in a process of its own until closed. */
final class RunningService implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration LOG_PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path log;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();

    private RunningService(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** Starts it on a free port, with only these variables. */
    static RunningService start(Map<String, String> variables, String... arguments) throws IOException {
        return startOn(FreePort.find(), variables, arguments);
    }

    /** The same as a bot of this simulator's, with these variables besides. */
    static RunningService startAgainst(Simulator simulator, Map<String, String> more) throws IOException {
        Map<String, String> variables = new HashMap<>(more);
        variables.put("DISCORD_TOKEN", simulator.token());
        variables.put("DISCORD_API_BASE_URL", simulator.apiBaseUrl().toString());
        return start(variables);
    }

    /** The same on a port that is chosen. */
    static RunningService startOn(int port, Map<String, String> variables, String... arguments) throws IOException {
        Path log = Files.createTempFile("gatewatch", ".log");
        ProcessBuilder builder = new ProcessBuilder(PackagedProgram.shortLived(arguments))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        OnlyThese.variables(builder, Map.of());
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        builder.environment()
                .put(
                        "GATEWATCH_DATA_DIR",
                        Files.createTempDirectory("gatewatch").toString());
        builder.environment().putAll(variables);
        return new RunningService(builder.start(), log, port);
    }

    /** A path of it. */
    URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** The answer to {@code GET path}; a JSON null while nobody answers. */
    JsonNode get(String path) {
        try {
            return JSON.readTree(fetch(path).body());
        } catch (IOException e) {
            return JSON.nullNode();
        }
    }

    /** The HTTP status of {@code GET path}; 0 while nobody answers. */
    int status(String path) {
        try {
            return fetch(path).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Waits until {@code /discord-status} is as wanted, and gives it. */
    JsonNode await(Predicate<JsonNode> wanted) {
        return Awaitility.await("status of " + this)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .failFast("the service ended:\n" + tail(), () -> !process.isAlive())
                .until(() -> get("/discord-status"), wanted);
    }

    JsonNode awaitConnected() {
        return await(status -> status.path("status").asText().equals("connected")
                && !status.path("last_connection").isNull());
    }

    /** Waits until it has printed this: what the status tells is in the log a moment later. */
    void awaitLog(String text) {
        Awaitility.await().atMost(LOG_PATIENCE).until(this::log, containsString(text));
    }

    /** Everything it has printed. */
    String log() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    int port() {
        return port;
    }

    /** The port for everything under {@code /q}, of a service that has one. */
    int managementPort() {
        String before = "Everything under /q is on port ";
        awaitLog(before);
        return Integer.parseInt(log().replaceAll("(?s).*" + before + "(\\d+).*", "$1"));
    }

    /** The most memory that was ever resident, in bytes, as Linux tells it. */
    long mostResident() throws IOException {
        String status = Files.readString(Path.of("/proc/" + pid() + "/status"));
        return Long.parseLong(status.replaceAll("(?s).*VmHWM:\\s+(\\d+) kB.*", "$1")) * 1_024;
    }

    long pid() {
        return process.pid();
    }

    /** Sends SIGTERM and gives the exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("did not end after SIGTERM:\n" + tail());
        }
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        process.onExit().join();
        Files.deleteIfExists(log);
    }

    @Override
    public String toString() {
        return "the service on port " + port;
    }

    private HttpResponse<String> fetch(String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(address(path))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private String tail() {
        String all = log();
        return all.substring(Math.max(0, all.length() - 4_000));
    }
}
