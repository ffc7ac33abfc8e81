package dev.gatewatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** The packaged program's {@code simulate} in a process of its own, and its control API. */
final class SimulatedDiscord implements AutoCloseable {

    /** Short enough that a silent connection is noticed soon; all libraries take what HELLO says. */
    private static final String HEARTBEAT_INTERVAL = "3s";

    /** Some libraries lose a HELLO that they read together with the upgrade's answer, and a busy machine reads late. */
    private static final String HELLO_DELAY = "250ms";

    private static final Duration MOST_TO_START = Duration.ofSeconds(60);
    private static final Pattern STARTED = Pattern.compile(
            "API base URL http://127\\.0\\.0\\.1:(\\d+)/api/v10, token (\\S+), .*https://127\\.0\\.0\\.1:(\\d+)/");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final BotProcess process;
    private final int port;
    private final int tlsPort;
    private final String token;
    private final Path certificate;

    private SimulatedDiscord(BotProcess process, Matcher started) throws IOException {
        this.process = process;
        this.port = Integer.parseInt(started.group(1));
        this.token = started.group(2);
        this.tlsPort = Integer.parseInt(started.group(3));
        this.certificate = Files.write(
                Files.createTempFile("simulator", ".pem"),
                send(request("certificate").GET().build()));
    }

    static SimulatedDiscord start() throws Exception {
        Path data = Files.createTempDirectory(Path.of("target", "libraries"), "data");
        BotProcess process = BotProcess.start(
                Map.of("GATEWATCH_DATA_DIR", data.toString()),
                PackagedProgram.shortLived(
                        "simulate",
                        "--port",
                        "0",
                        "--tls-port",
                        "0",
                        "--heartbeat-interval",
                        HEARTBEAT_INTERVAL,
                        "--hello-delay",
                        HELLO_DELAY));
        return new SimulatedDiscord(
                process,
                await(MOST_TO_START, () -> Optional.of(STARTED.matcher(process.log()))
                                .filter(Matcher::find))
                        .orElseThrow(() -> new AssertionError("the simulator did not start: " + process.log())));
    }

    /** What a bot finds in its environment. */
    Map<String, String> environment() {
        return Map.of(
                "API",
                "http://127.0.0.1:" + port + "/api/v10",
                "GATEWAY",
                "ws://127.0.0.1:" + port,
                "TLS_PORT",
                Integer.toString(tlsPort),
                "NODE_EXTRA_CA_CERTS",
                certificate.toString(),
                "TOKEN",
                token);
    }

    JsonNode get(String path) {
        return json(send(request(path).GET().build()));
    }

    JsonNode post(String path, String body) {
        return json(send(
                request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build()));
    }

    void heal() {
        send(request("faults").DELETE().build());
    }

    /** The id of the journal's newest entry, 0 when it is empty. */
    long lastEntry() {
        JsonNode entries = get("events");
        return entries.isEmpty()
                ? 0
                : entries.get(entries.size() - 1).path("id").asLong();
    }

    /** The first entry after this one for which that is true; empty when none comes in this time. */
    Optional<JsonNode> awaitEntry(long since, Duration most, Predicate<JsonNode> wanted) throws InterruptedException {
        return await(
                most, () -> StreamSupport.stream(get("events?since=" + since).spliterator(), false)
                        .filter(wanted)
                        .findFirst());
    }

    /** Asks again and again until there is something, or this time is over. */
    static <T> Optional<T> await(Duration most, Supplier<Optional<T>> question) throws InterruptedException {
        long deadline = System.nanoTime() + most.toNanos();
        Optional<T> answer = question.get();
        while (answer.isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(100); // between two questions; nothing is concluded from it
            answer = question.get();
        }
        return answer;
    }

    @Override
    public void close() throws IOException {
        process.close();
        Files.deleteIfExists(certificate);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/_sim/" + path))
                .timeout(Duration.ofSeconds(30));
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new AssertionError(new String(body, StandardCharsets.UTF_8), e);
        }
    }

    private byte[] send(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() >= 300) {
                throw new AssertionError(request.uri() + ": " + new String(response.body(), StandardCharsets.UTF_8));
            }
            return response.body();
        } catch (IOException e) {
            throw new AssertionError(request.uri().toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
