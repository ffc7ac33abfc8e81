package dev.gatewatch.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The two that ask a server, beside each other: the pauses that the screen tells are kept by both. */
class StreamFollowerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String STREAM = "/discord-status/stream";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Update> news = new CopyOnWriteArrayList<>();
    private volatile boolean up;
    private HttpServer http;
    private Thread poller;
    private Thread follower;

    @BeforeEach
    void start() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::answer);
        http.start();
        Server server = new Server(
                ServerAddress.parse("http://127.0.0.1:" + http.getAddress().getPort()), null, PATIENCE);
        Poller asks = new Poller(server, Duration.ofHours(1), news::add);
        poller = new Thread(asks, "poller");
        follower = new Thread(new StreamFollower(server, news::add, asks), "follower");
        poller.start();
        follower.start();
    }

    @AfterEach
    void stop() {
        poller.interrupt();
        follower.interrupt();
        http.stop(0);
    }

    @Test
    void asksForNoStreamUntilTheServerAnswersAndThenAtOnce() {
        Awaitility.await().atMost(PATIENCE).until(() -> failures() >= 2);

        assertThat(asked).containsOnly("/discord-status");

        up = true;
        Awaitility.await().atMost(PATIENCE).until(() -> asked.contains(STREAM));
        Awaitility.await().atMost(PATIENCE).until(() -> news.stream()
                .anyMatch(update -> update instanceof Update.StatusStreamed));
    }

    private long failures() {
        return news.stream().filter(update -> update instanceof Update.Failed).count();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(path);
        boolean stream = path.equals(STREAM);
        if (!up) {
            exchange.sendResponseHeaders(503, -1);
        } else if (stream || path.equals("/discord-status")) {
            String status = "{\"status\":\"connected\"}";
            String told = stream ? "event: status\ndata: " + status + "\n\n" : status;
            exchange.getResponseHeaders().set("Content-Type", stream ? "text/event-stream" : "application/json");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(told.getBytes(StandardCharsets.UTF_8));
        } else {
            exchange.sendResponseHeaders(404, -1);
        }
        exchange.close();
    }
}
