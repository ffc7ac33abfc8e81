package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewatch.api.SseClient;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client without a token can do to the packaged program within the image's limits: nothing that others notice. */
class OneClientIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int CONNECTIONS = 400;
    private static final String ADMIN = "rule-me-2b9c-rule-me-2b9c";
    private static final String SETTINGS_FRAME = "\0\0\0\4\0\0\0\0\0";

    private final List<SocketChannel> open = new ArrayList<>();

    @TempDir
    Path data;

    @AfterEach
    void close() throws IOException {
        for (SocketChannel channel : open) {
            channel.close();
        }
    }

    @Test
    void unfinishedBodiesDoNotFillTheMemory() throws Exception {
        try (Simulator simulator = simulator();
                RunningService service = start(simulator, Map.of())) {
            JsonNode before = service.awaitConnected();
            assertThat(service.log()).as("a guarded JVM").doesNotContain("lives on when its memory is used up");
            byte[] part = "x".repeat(130_000).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 1_500; i++) {
                SocketChannel channel = connect(service.port());
                String path = List.of("/admin/stop", "/history/maintenance", "/history/incidents/x/notes")
                        .get(i % 3);
                send(channel, post(path, 131_000));
                channel.configureBlocking(false);
                channel.write(ByteBuffer.wrap(part));
            }

            assertUntouched(service, before);
        }
    }

    @Test
    void aStrangerIsRefusedBeforeTheBodyIsRead() throws Exception {
        try (Simulator simulator = simulator();
                RunningService service = start(simulator, Map.of())) {
            service.awaitConnected();
            try (Socket socket = socket(service.port())) {
                socket.getOutputStream().write((post("/admin/stop", 1_000) + "{").getBytes(StandardCharsets.US_ASCII));

                byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 401".length());
                assertThat(new String(status, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 401");
            }
        }
    }

    @Test
    void http2IsNotSpokenInTheClear() throws Exception {
        try (Simulator simulator = simulator();
                RunningService service = start(simulator, Map.of("GATEWATCH_MANAGEMENT_PORT", "0"))) {
            service.awaitConnected();
            for (int port : List.of(service.port(), service.managementPort())) {
                try (Socket socket = socket(port)) {
                    socket.getOutputStream()
                            .write(("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + SETTINGS_FRAME)
                                    .getBytes(StandardCharsets.ISO_8859_1));
                    byte[] answer = socket.getInputStream().readNBytes(9);
                    assertThat(new String(answer, StandardCharsets.ISO_8859_1))
                            .as("port %d", port)
                            .satisfiesAnyOf(text -> assertThat(text).isEmpty(), text -> assertThat(text)
                                    .startsWith("HTTP/"));
                }
            }
        }
    }

    @Test
    void connectionsAreCountedWhenTheyAreAcceptedOnEveryPort() throws Exception {
        Map<String, String> settings =
                Map.of("GATEWATCH_MANAGEMENT_PORT", "0", "QUARKUS_HTTP_LIMITS_MAX_CONNECTIONS", "300");
        try (Simulator simulator = simulator();
                RunningService service = start(simulator, settings)) {
            JsonNode before = service.awaitConnected();
            List<SocketChannel> silent = silentConnections(service.port());
            List<SocketChannel> silentAtManagement = silentConnections(service.managementPort());

            awaitClosed(silent, 90);
            awaitClosed(silentAtManagement, 140);
            assertThat(silent.stream().filter(OneClientIT::isClosed)).hasSizeLessThan(150);
            for (SocketChannel channel : silent) {
                channel.close();
            }
            assertUntouched(service, before);
        }
    }

    @Test
    void silentConnectionsAreClosedOnEveryPort() throws Exception {
        Map<String, String> settings = Map.of("GATEWATCH_MANAGEMENT_PORT", "0", "QUARKUS_HTTP_IDLE_TIMEOUT", "2s");
        try (Simulator simulator = simulator();
                RunningService service = start(simulator, settings)) {
            service.awaitConnected();

            awaitClosed(silentConnections(service.port()), CONNECTIONS);
            awaitClosed(silentConnections(service.managementPort()), CONNECTIONS);
        }
    }

    @Test
    void streamsThatCatchUpAndReadNothingDoNotFillTheMemory() throws Exception {
        try (Simulator simulator = simulator();
                RunningService service = start(simulator, Map.of("GATEWATCH_DATA_DIR", data.toString()))) {
            JsonNode before = service.awaitConnected();
            String first = LongPast.facts(data);
            for (int i = 0; i < 1_000; i++) {
                SocketChannel channel = connect(service.port());
                send(channel, "GET /discord-status/stream?last_event_id=" + first + " HTTP/1.1\r\nHost: x\r\n\r\n");
            }
            for (SocketChannel channel : open) {
                assertThat(channel.read(ByteBuffer.allocate(1))).as("an answer").isEqualTo(1);
            }
            open.get(0).close(); // 1,000 are the limit
            try (SseClient client = follow(service, first)) {
                client.await("what it missed", c -> c.named("fact").size() > 50);
                assertThat(client.named("fact").stream().map(SseClient.Event::id))
                        .isSorted()
                        .doesNotHaveDuplicates();
                assertThat(client.named("gap")).isEmpty();
            }

            assertUntouched(service, before);
        }
    }

    private static SseClient follow(RunningService service, String lastEventId) {
        return SseClient.connect(service.address("/discord-status/stream"), lastEventId);
    }

    private List<SocketChannel> silentConnections(int port) throws IOException {
        List<SocketChannel> silent = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            SocketChannel channel = connect(port);
            channel.configureBlocking(false);
            silent.add(channel);
        }
        return silent;
    }

    private static void awaitClosed(List<SocketChannel> channels, int atLeast) {
        await().atMost(PATIENCE)
                .until(() -> channels.stream().filter(OneClientIT::isClosed).count() >= atLeast);
    }

    private static Simulator simulator() throws IOException {
        return Simulator.start(SimulatorOptions.defaults().withPort(0));
    }

    private static RunningService start(Simulator simulator, Map<String, String> more) throws IOException {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("JDK_JAVA_OPTIONS", PackagedProgram.LIMITS_OF_THE_IMAGE);
        settings.put("GATEWATCH_ADMIN_TOKEN", ADMIN);
        return RunningService.startAgainst(simulator, settings);
    }

    /** It answers, and has the connection to Discord that it had before. */
    private static void assertUntouched(RunningService service, JsonNode before) {
        JsonNode after = service.awaitConnected();
        assertThat(after.path("last_connection")).isEqualTo(before.path("last_connection"));
        assertThat(service.status("/health")).isEqualTo(200);
    }

    private static String post(String path, int length) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: " + length
                + "\r\n\r\n";
    }

    private SocketChannel connect(int port) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
        channel.connect(new InetSocketAddress("127.0.0.1", port));
        open.add(channel);
        return channel;
    }

    private static Socket socket(int port) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    private static void send(SocketChannel channel, String text) throws IOException {
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static boolean isClosed(SocketChannel channel) {
        try {
            return channel.read(ByteBuffer.allocate(1_024)) < 0;
        } catch (IOException e) {
            return true;
        }
    }
}
