package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Clients that ask on without waiting for answers, against the packaged program within the image's limits. */
class PipelineLimitIT {

    /** With a kilobyte each, more than the buffers of both sockets and the program's memory hold. */
    private static final int ENDLESS = 300_000;

    private static final String LIMITS = "-Xmx102m -XX:MaxDirectMemorySize=32m -XX:+ExitOnOutOfMemoryError";
    private static final byte[] REQUEST = request("/health", "User-Agent: " + "x".repeat(1_000) + "\r\n");
    private static final byte[] LAST = request("/discord-status", "Connection: close\r\n");

    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicBoolean enough = new AtomicBoolean();

    @Test
    void whoDoesNotReadIsNotReadAndLosesNoAnswer() throws Exception {
        try (RunningService service = start();
                Socket socket = connect(service)) {
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> askOn(socket));
            awaitStandstill();

            enough.set(true);
            int answers = answers(socket);
            writer.join();
            assertThat(answers).isEqualTo(sent.get() + 1);
            assertThat(sent).hasValueLessThan(ENDLESS);
        }
    }

    @Test
    void requestsBehindAStreamAreNotCollected() throws Exception {
        try (RunningService service = start();
                Socket socket = connect(service)) {
            socket.getOutputStream().write(request("/discord-status/stream", ""));
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> askOn(socket));
            awaitStandstill();

            assertThat(sent).hasValueLessThan(ENDLESS);
            assertThat(service.get("/health").has("status")).isTrue();
            socket.close();
            assertThat(writer).failsWithin(Duration.ofSeconds(10));
        }
    }

    private static RunningService start() throws IOException {
        RunningService service = RunningService.start(Map.of("JAVA_TOOL_OPTIONS", LIMITS));
        service.await(status -> status.path("status").asText().equals("stopped")); // there is no token
        return service;
    }

    private static Socket connect(RunningService service) throws IOException {
        Socket socket = new Socket("127.0.0.1", service.address("/").getPort());
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static byte[] request(String path, String headers) {
        return ("GET " + path + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private void askOn(Socket socket) {
        try {
            while (!enough.get() && sent.get() < ENDLESS) {
                socket.getOutputStream().write(REQUEST);
                sent.incrementAndGet();
            }
            socket.getOutputStream().write(LAST);
        } catch (IOException e) {
            throw new IllegalStateException("after " + sent + " requests", e);
        }
    }

    /** Waits until nothing more was sent for two seconds, or everything was. */
    private void awaitStandstill() {
        AtomicInteger last = new AtomicInteger(-1);
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(60)).until(() -> {
            int now = sent.get();
            return last.getAndSet(now) == now;
        });
    }

    private static int answers(Socket socket) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        int answers = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            answers += line.split("HTTP/1\\.1 ", -1).length - 1; // a body ends without a line break
        }
        return answers;
    }
}
