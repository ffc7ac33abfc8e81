package dev.gatewatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class GatewayProtocolTest {

    @RegisterExtension
    final SimulatorFixture fixture = new SimulatorFixture();

    @Test
    void delaysHelloUnlessToldOtherwise() {
        assertThat(Rules.discord().handshake().helloDelay()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void answersHelloInTheSameSegmentAsTheUpgradeWhenItIsToldTo(boolean byFault) throws Exception {
        Simulator simulator =
                fixture.discord(byFault ? Rules.discord() : Rules.discord().withHelloDelay(Duration.ZERO));
        if (byFault) {
            simulator.faults().inject("hello-at-once");
        }
        try (Socket socket = upgrade(simulator, "/?v=10&encoding=json")) {
            String first = new String(read(socket.getInputStream()), StandardCharsets.ISO_8859_1);
            assertThat(first).startsWith("HTTP/1.1 101 ").contains("\r\n\r\n").contains("\"heartbeat_interval\":41250");
        }
    }

    @Test
    void delaysHello() throws Exception {
        Simulator simulator = fixture.discord(Rules.discord().withHelloDelay(Duration.ofMillis(150)));
        long before = System.nanoTime();
        try (Socket socket = upgrade(simulator, "/?v=10&encoding=json")) {
            assertThat(new String(read(socket.getInputStream()), StandardCharsets.ISO_8859_1))
                    .endsWith("\r\n\r\n");
            assertThat(new String(read(socket.getInputStream()), StandardCharsets.ISO_8859_1))
                    .contains("\"op\":10");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(145));
        }
    }

    @Test
    void answersALoginOnceHelloIsSent() {
        Simulator simulator = fixture.discord(Rules.discord().withHelloDelay(Duration.ofMillis(150)));
        ProbeClient client = fixture.connect(simulator);
        client.identify(simulator.token());
        assertThat(client.next().get("op").asInt()).isEqualTo(10);
        client.next("READY");
        assertThat(simulator.violations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?v=10&encoding=json",
                "/?v=10&encoding=json",
                "/?v=9",
                "/resume-0?v=10",
                "/resume-0/?v=10",
                "/",
                ""
            })
    void opensUnderEveryAddressThatClientsBuild(String path) {
        Simulator simulator = fixture.discord();
        ProbeClient client = fixture.connect("ws://127.0.0.1:" + simulator.port() + path);
        assertThat(client.nextOp(10).at("/d/heartbeat_interval").asInt()).isEqualTo(41_250);
    }

    @Test
    void carriesAllFourFieldsInEveryPayload() {
        ProbeClient client = fixture.connect(fixture.discord());
        JsonNode hello = client.next();
        assertThat(hello.fieldNames()).toIterable().containsExactlyInAnyOrder("op", "d", "s", "t");
        assertThat(hello.get("s").isNull()).isTrue();
        assertThat(hello.get("t").isNull()).isTrue();
        client.send(1, NullNode.instance);
        JsonNode ack = client.nextOp(11);
        assertThat(ack.fieldNames()).toIterable().containsExactlyInAnyOrder("op", "d", "s", "t");
    }

    @Test
    void greetsAnIdentifyWithReadyAndItsGuilds() {
        Simulator simulator = fixture.discord();
        ProbeClient client = fixture.connect(simulator);
        client.identify(simulator.token());
        JsonNode ready = client.next("READY");
        assertThat(ready.get("s").asInt()).isEqualTo(1);
        assertThat(ready.at("/d/v").asInt()).isEqualTo(10);
        assertThat(ready.at("/d/session_id").asText()).isNotEmpty();
        assertThat(ready.at("/d/resume_gateway_url").asText())
                .isEqualTo("ws://127.0.0.1:" + simulator.port() + "/resume-0");
        assertThat(ready.at("/d/user/id").asText()).isEqualTo("1100000000000000001");
        assertThat(ready.at("/d/application/id").asText()).isEqualTo("1100000000000000001");
        assertThat(ready.at("/d/shard").toString()).isEqualTo("[0,1]");
        assertThat(ready.at("/d/guilds")).hasSize(5).allMatch(guild -> guild.path("unavailable")
                .asBoolean());

        List<JsonNode> guilds =
                IntStream.range(0, 5).mapToObj(i -> client.next("GUILD_CREATE")).toList();
        assertThat(guilds).extracting(guild -> guild.get("s").asInt()).containsExactly(2, 3, 4, 5, 6);
        assertThat(guilds).extracting(guild -> guild.at("/d/id").asText()).doesNotHaveDuplicates();
        assertThat(guilds.stream()
                        .mapToInt(guild -> guild.at("/d/member_count").asInt())
                        .sum())
                .isEqualTo(1250);
    }

    @Test
    void compressesWithOneZlibContextPerConnection() {
        Simulator simulator = fixture.discord();
        ProbeClient client =
                fixture.connect("ws://127.0.0.1:" + simulator.port() + "/?v=10&encoding=json&compress=zlib-stream");
        client.nextOp(10);
        client.identify(simulator.token());
        client.next("READY");
        IntStream.range(0, 5).forEach(i -> client.next("GUILD_CREATE"));
        assertThat(client.open()).isTrue();
    }

    @Test
    void givesEachShardItsOwnGuilds() {
        Simulator simulator = fixture.discord(Rules.discord().withIdentifies(16, Duration.ofSeconds(5), 1000));
        int total = 0;
        for (int shard = 0; shard < 3; shard++) {
            ProbeClient client = fixture.connect(simulator);
            client.identify(simulator.token(), shard, 3);
            JsonNode guilds = client.next("READY").at("/d/guilds");
            for (JsonNode guild : guilds) {
                assertThat((guild.get("id").asLong() >> 22) % 3).isEqualTo(shard);
            }
            total += guilds.size();
        }
        assertThat(total).isEqualTo(5);
        assertThat(simulator.violations()).isEmpty();
    }

    @Test
    void acknowledgesHeartbeatsAndAsksForThem() {
        Simulator simulator = fixture.discord();
        ProbeClient client = fixture.ready(simulator);
        client.send(1, IntNode.valueOf(6));
        client.nextOp(11);
        assertThat(simulator.state().at("/sessions/0/acknowledged").asInt()).isEqualTo(6);
        simulator.requestHeartbeats();
        client.nextOp(1);
    }

    @Test
    void toleratesPresenceVoiceStateAndMemberRequests() {
        Simulator simulator = fixture.discord();
        ProbeClient client = fixture.ready(simulator);
        String guild = client.next("GUILD_CREATE").at("/d/id").asText();
        client.send(3, ProbeClient.MAPPER.createObjectNode().put("status", "online"));
        client.send(4, ProbeClient.MAPPER.createObjectNode().put("guild_id", guild));
        client.send(
                8,
                ProbeClient.MAPPER
                        .createObjectNode()
                        .put("guild_id", guild)
                        .put("query", "own")
                        .put("limit", 1)
                        .put("nonce", "n"));
        assertThat(client.next("GUILD_MEMBERS_CHUNK").at("/d/nonce").asText()).isEqualTo("n");
        client.untilAck();
        assertThat(simulator.violations()).isEmpty();
    }

    @Test
    void closesWith4001AfterAnUnknownOpcode() {
        assertClosed(client -> client.send(99, NullNode.instance), 4001, "unknown-opcode");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "nonsense", "[]", "{\"op\":\"1\"}", "{} {}", "{\"op\":1,\"d\":\"x\"}"})
    void closesWith4002AfterAMalformedPayload(String payload) {
        assertClosed(client -> client.send(payload), 4002, "payload");
    }

    @Test
    void closesWith4002AfterAPayloadOfMoreThan4096Bytes() {
        String fits = "{\"op\":1,\"d\":null,\"x\":\"%s\"}";
        Simulator simulator = fixture.discord();
        ProbeClient client = fixture.connect(simulator);
        client.send(fits.formatted("x".repeat(4096 - fits.length() + 2)));
        client.nextOp(11);
        client.send(fits.formatted("x".repeat(4096 - fits.length() + 3)));
        assertThat(client.closeCode()).isEqualTo(4002);
    }

    @Test
    void closesWith4003BeforeIdentify() {
        assertClosed(client -> client.send(3, NullNode.instance), 4003, "not-authenticated");
    }

    @Test
    void closesWith4005AfterASecondIdentify() {
        Simulator simulator = fixture.patient();
        ProbeClient client = fixture.ready(simulator);
        client.identify(simulator.token());
        assertThat(client.closeCode()).isEqualTo(4005);
        assertThat(simulator.violations()).extracting(Violation::rule).containsExactly("already-authenticated");
    }

    @Test
    void closesWith4008AfterMoreThan120PayloadsAMinute() {
        Simulator simulator = fixture.discord();
        ProbeClient client = fixture.connect(simulator);
        IntStream.range(0, 120).forEach(i -> client.send(1, NullNode.instance));
        IntStream.range(0, 120).forEach(i -> client.nextOp(11));
        client.send(1, NullNode.instance);
        assertThat(client.closeCode()).isEqualTo(4008);
        assertThat(simulator.violations()).extracting(Violation::rule).containsExactly("send-rate");
    }

    @Test
    void closesWith4009AfterALongTimeWithoutAHeartbeat() {
        Simulator simulator =
                fixture.discord(SimulatorOptions.defaults().withHeartbeatInterval(Duration.ofMillis(100)));
        ProbeClient client = fixture.ready(simulator);
        assertThat(client.closeCode()).isEqualTo(4009);
        assertThat(simulator.violations()).extracting(Violation::rule).containsExactly("heartbeat");
        assertThat(simulator.state().at("/sessions")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "11", "x"})
    void closesWith4012AfterAnInvalidVersion(String version) {
        Simulator simulator = fixture.discord();
        ProbeClient client =
                fixture.connect("ws://127.0.0.1:" + simulator.port() + "/?v=" + version + "&encoding=json");
        assertThat(client.closeCode()).isEqualTo(4012);
        assertThat(simulator.violations()).extracting(Violation::rule).containsExactly("api-version");
    }

    @ParameterizedTest
    @CsvSource({"?v=8&encoding=json,8", "'',6"})
    void speaksDeprecatedVersionsAndTheDefaultOneWithoutAVersion(String query, int version) {
        Simulator simulator = fixture.discord();
        ProbeClient client = fixture.connect("ws://127.0.0.1:" + simulator.port() + "/" + query);
        client.nextOp(10);
        client.identify(simulator.token());
        assertThat(client.next("READY").at("/d/v").asInt()).isEqualTo(version);
        assertThat(simulator.violations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"encoding=etf", "encoding=json&compress=lz4"})
    void closesWith4002WhatItDoesNotSpeakAndIsNoViolation(String query) {
        Simulator simulator = fixture.discord();
        ProbeClient client = fixture.connect("ws://127.0.0.1:" + simulator.port() + "/?v=10&" + query);
        assertThat(client.closeCode()).isEqualTo(4002);
        assertThat(simulator.violations()).isEmpty();
    }

    @Test
    void closesWith1002AfterAnUnmaskedFrame() throws Exception {
        Simulator simulator = fixture.discord(Rules.discord().withHelloDelay(Duration.ZERO));
        try (Socket socket = upgrade(simulator, "/?v=10")) {
            read(socket.getInputStream());
            socket.getOutputStream().write(new byte[] {(byte) 0x81, 2, '{', '}'});
            byte[] answer = read(socket.getInputStream());
            assertThat(answer[0]).isEqualTo((byte) 0x88);
            assertThat(((answer[2] & 0xff) << 8) + (answer[3] & 0xff)).isEqualTo(1002);
        }
        await().atMost(Duration.ofSeconds(25))
                .until(() -> simulator.violations().size() == 1);
        assertThat(simulator.violations()).extracting(Violation::rule).containsExactly("websocket-protocol");
    }

    private void assertClosed(Consumer<ProbeClient> mistake, int code, String rule) {
        Simulator simulator = fixture.discord();
        ProbeClient client = fixture.connect(simulator);
        mistake.accept(client);
        assertThat(client.closeCode()).isEqualTo(code);
        assertThat(simulator.violations()).hasSize(1);
        Violation violation = simulator.violations().get(0);
        assertThat(violation.rule()).isEqualTo(rule);
        assertThat(violation.source()).startsWith("Discord Docs/");
        assertThat(violation.connection()).isEqualTo(1);
    }

    private static Socket upgrade(Simulator simulator, String path) throws Exception {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), simulator.port());
        socket.setSoTimeout(5_000);
        String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** One read: what the first segment brought. */
    private static byte[] read(InputStream in) throws Exception {
        byte[] buffer = new byte[65_536];
        int read = in.read(buffer);
        assertThat(read).isPositive();
        return Arrays.copyOf(buffer, read);
    }
}
