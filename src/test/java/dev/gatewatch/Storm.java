package dev.gatewatch;

import dev.gatewatch.simulator.Simulator;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One client without a token that does at once everything that could use a service up, until this is closed. */
final class Storm implements AutoCloseable {

    private static final Duration HELD = Duration.ofSeconds(10);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(100);
    private static final int ASKING = 8;
    private static final String HTTP_2 = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0";

    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger rounds = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();

    /**
     * Begins.
     *
     * @param port the service's first port
     * @param oldestFact the id of a fact that many others follow
     */
    Storm(int port, String oldestFact) {
        this.port = port;
        hold(500, "unfinished bodies", post(131_000) + "x".repeat(100_000));
        hold(300, "unfinished bodies of GETs", "GET /health HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{");
        hold(500, "unfinished headers", "GET /health HTTP/1.1\r\nX: ");
        hold(500, "silence", "");
        hold(100, "HTTP/2", HTTP_2);
        hold(
                1_000,
                "streams that nobody reads",
                "GET /discord-status/stream?last_event_id=" + oldestFact + " HTTP/1.1\r\nHost: x\r\n\r\n");
        hold(20, "answers that nobody reads", "GET /history/events HTTP/1.1\r\nHost: x\r\n\r\n".repeat(20));
        hold(100, "wrong tokens", "GET /alerts HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer no\r\n\r\n" + post(0));
        for (int i = 0; i < ASKING; i++) {
            run("uptime", () -> ask("/history/uptime"));
            run("availability", () -> ask("/history/availability?from=2024-12-01T00:00:00Z"));
        }
    }

    /** A service within the image's limits, with a port of its own for probes. */
    static RunningService startTarget(Simulator simulator, Path dataDirectory) throws IOException {
        return RunningService.startAgainst(
                simulator,
                Map.of(
                        "MALLOC_ARENA_MAX",
                        "1",
                        "JDK_JAVA_OPTIONS",
                        PackagedProgram.LIMITS_OF_THE_IMAGE,
                        "GATEWATCH_DATA_DIR",
                        dataDirectory.toString(),
                        "GATEWATCH_ADMIN_TOKEN",
                        "rule-me-2b9c-rule-me-2b9c",
                        "GATEWATCH_MANAGEMENT_PORT",
                        "0"));
    }

    /** How many attacks are over: one is a question, or many connections. */
    int rounds() {
        return rounds.get();
    }

    @Override
    public void close() throws InterruptedException {
        over.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static String post(int length) {
        return "POST /admin/stop HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: " + length
                + "\r\n\r\n";
    }

    /** Opens so many connections, sends each this text, holds them, closes them, and begins again. */
    private void hold(int connections, String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        run(name, () -> {
            List<SocketChannel> open = new ArrayList<>();
            try {
                for (int i = 0; i < connections && over.getCount() > 0; i++) {
                    SocketChannel channel = SocketChannel.open();
                    open.add(channel);
                    channel.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
                    channel.connect(new InetSocketAddress("127.0.0.1", port));
                    channel.configureBlocking(false);
                    channel.write(ByteBuffer.wrap(bytes));
                }
                over.await(HELD.toMillis(), TimeUnit.MILLISECONDS);
            } finally {
                for (SocketChannel channel : open) {
                    channel.close();
                }
            }
        });
    }

    private void ask(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        http.send(request, HttpResponse.BodyHandlers.discarding());
        over.await(BETWEEN_QUESTIONS.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run(String name, Attack attack) {
        Thread thread = new Thread(() -> repeat(attack), "storm: " + name);
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }

    private void repeat(Attack attack) {
        while (over.getCount() > 0) {
            try {
                attack.strike();
                rounds.incrementAndGet();
            } catch (IOException e) {
                rounds.incrementAndGet(); // refused, as it may be: once more
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Once. */
    private interface Attack {
        void strike() throws IOException, InterruptedException;
    }
}
