package dev.gatewatch.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gatewatch.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads a page from a real socket that behaves well, or does not. */
class StatusPageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String NONE =
            "{\"status\":{\"indicator\":\"none\",\"description\":\"All Systems Operational\"}}";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/none", exchange -> {
            exchange.sendResponseHeaders(200, NONE.length());
            exchange.getResponseBody().write(NONE.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", "/none");
            exchange.sendResponseHeaders(301, -1);
            exchange.close();
        });
        server.createContext("/status/", exchange -> {
            int status = Integer.parseInt(exchange.getRequestURI().getPath().substring("/status/".length()));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] bytes = new byte[1 << 16];
            while (true) { // until the reader hangs up, which is an exception here
                exchange.getResponseBody().write(bytes);
            }
        });
        server.createContext("/stuck", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/none", "/moved"})
    void tellsTheStatusWhereverThePageHasMovedTo(String path) {
        assertThat(read(path, PATIENCE)).isEqualTo("none: All Systems Operational");
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 429, 500, 503})
    void takesAnErrorForAnAnswer(int status) {
        assertThat(read("/status/" + status, PATIENCE)).isEqualTo("unreadable: HTTP " + status);
    }

    @Test
    void readsNoMoreOfAPageThanItMayBeLong() {
        assertThat(read("/endless", PATIENCE)).isEqualTo("unreadable: HTTP 200 without an end");
    }

    @Test
    void waitsNoLongerThanTheDeadlineForTheLastByte() {
        assertThat(read("/stuck", Duration.ofSeconds(1))).isEqualTo("unreadable: HTTP 200 without an end");
    }

    @Test
    void tellsThatNoAnswerCame() throws IOException {
        URI nobody = URI.create("http://localhost:" + FreePort.find() + "/");

        assertThat(StatusPage.read(nobody, PATIENCE).toCompletableFuture().join())
                .isEqualTo("unreachable");
    }

    private String read(String path, Duration patience) {
        URI url = URI.create("http://localhost:" + server.getAddress().getPort() + path);
        return StatusPage.read(url, patience).toCompletableFuture().join();
    }
}
