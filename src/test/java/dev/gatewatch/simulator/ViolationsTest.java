package dev.gatewatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.NullNode;
import io.netty.channel.DefaultEventLoop;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule of Discord's: a client that breaks it is noted, a client that keeps it is not. */
@Timeout(60)
class ViolationsTest {

    @RegisterExtension
    final SimulatorFixture fixture = new SimulatorFixture();

    /** What a client does to a simulator, ending with an answer that shows that it has been judged. */
    @FunctionalInterface
    interface Behaviour {
        void against(Simulator simulator, SimulatorFixture fixture) throws Exception;
    }

    record Case(String rule, Rules rules, Behaviour breaking, Behaviour keeping) {

        Case(String rule, Behaviour breaking, Behaviour keeping) {
            this(rule, Rules.discord(), breaking, keeping);
        }

        @Override
        public String toString() {
            return rule;
        }
    }

    static Stream<Case> rules() {
        return Stream.of(
                new Case(
                        "api-version",
                        (simulator, fixture) -> version(simulator, fixture, 11).closeCode(),
                        (simulator, fixture) -> version(simulator, fixture, 10).nextOp(10)),
                new Case(
                        "websocket-protocol",
                        (simulator, fixture) -> unmasked(simulator),
                        (simulator, fixture) -> fixture.connect(simulator).untilAck()),
                new Case(
                        "send-rate",
                        (simulator, fixture) ->
                                heartbeats(fixture.connect(simulator), 121).closeCode(),
                        (simulator, fixture) ->
                                heartbeats(fixture.connect(simulator), 119).untilAck()),
                new Case(
                        "payload",
                        (simulator, fixture) ->
                                sending(fixture.connect(simulator), "{").closeCode(),
                        (simulator, fixture) -> sending(fixture.connect(simulator), "{\"op\":1,\"d\":null}")
                                .nextOp(11)),
                new Case(
                        "unknown-opcode",
                        (simulator, fixture) -> sending(fixture.connect(simulator), "{\"op\":99}")
                                .closeCode(),
                        (simulator, fixture) -> sending(fixture.ready(simulator), "{\"op\":43,\"d\":{}}")
                                .untilAck()),
                new Case(
                        "not-authenticated",
                        (simulator, fixture) -> sending(fixture.connect(simulator), "{\"op\":3,\"d\":{}}")
                                .closeCode(),
                        (simulator, fixture) -> sending(fixture.ready(simulator), "{\"op\":3,\"d\":{}}")
                                .untilAck()),
                new Case(
                        "already-authenticated",
                        (simulator, fixture) ->
                                identifying(fixture.ready(simulator), simulator).closeCode(),
                        (simulator, fixture) -> fixture.ready(simulator).untilAck()),
                new Case(
                        "identify-rate",
                        Rules.discord()
                                .withIdentifies(2, Duration.ofMinutes(1), 1_000)
                                .withIdentifyRefusalDelay(Duration.ZERO),
                        (simulator, fixture) -> shards(simulator, fixture, 0, 2),
                        (simulator, fixture) -> shards(simulator, fixture, 0, 1)),
                new Case(
                        "identify-budget",
                        Rules.discord().withIdentifies(1, Duration.ZERO, 1),
                        (simulator, fixture) -> {
                            fixture.ready(simulator);
                            identifying(fixture.connect(simulator), simulator).closeCode();
                        },
                        (simulator, fixture) -> fixture.ready(simulator)),
                new Case(
                        "identify-after-fatal-close",
                        SimulatorFixture.manyIdentifies(),
                        (simulator, fixture) -> {
                            fatal(fixture.connect(simulator));
                            fatal(fixture.connect(simulator));
                        },
                        (simulator, fixture) -> {
                            fatal(fixture.connect(simulator));
                            fixture.ready(simulator);
                        }),
                new Case(
                        "resume-sequence",
                        (simulator, fixture) ->
                                resuming(simulator, fixture, 1_000).closeCode(),
                        (simulator, fixture) -> resuming(simulator, fixture, 1).next("RESUMED")),
                new Case(
                        "rate-limit",
                        (simulator, fixture) -> {
                            Rest rest = new Rest(simulator);
                            while (rest.get("/api/v10/users/@me").statusCode() == 200) {}
                        },
                        (simulator, fixture) -> new Rest(simulator).get("/api/v10/users/@me")),
                new Case(
                        "rate-limit-ignored",
                        (simulator, fixture) -> limited(simulator, 2),
                        (simulator, fixture) -> limited(simulator, 1)));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void noteWhoBreaksARule(Case example) throws Exception {
        Simulator simulator = fixture.discord(example.rules());
        example.breaking().against(simulator, fixture);
        await().atMost(Duration.ofSeconds(25))
                .until(() -> !simulator.violations().isEmpty());
        assertThat(simulator.violations()).extracting(Violation::rule).containsOnly(example.rule());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void doNotNoteWhoKeepsIt(Case example) throws Exception {
        Simulator simulator = fixture.discord(example.rules());
        example.keeping().against(simulator, fixture);
        assertThat(simulator.violations()).isEmpty();
    }

    /** Pure: a real client would need ten thousand requests. */
    @Test
    void noteMoreThanTenThousandInvalidRequestsAndNoFewer() {
        Gateway gateway = new Gateway(SimulatorOptions.defaults(), new DefaultEventLoop());
        InvalidRequests requests = new InvalidRequests(gateway);
        IntStream.range(0, 10_000).forEach(i -> requests.count(Reply.error(401, "Unauthorized")));
        requests.count(Reply.error(404, "Not Found"));
        assertThat(gateway.violations().list()).isEmpty();
        requests.count(Reply.error(403, "Forbidden"));
        assertThat(gateway.violations().list()).extracting(Violation::rule).containsExactly("invalid-requests");
    }

    private static ProbeClient version(Simulator simulator, SimulatorFixture fixture, int version) {
        return fixture.connect("ws://127.0.0.1:" + simulator.port() + "/?encoding=json&v=" + version);
    }

    private static ProbeClient sending(ProbeClient client, String payload) {
        client.send(payload);
        return client;
    }

    private static ProbeClient heartbeats(ProbeClient client, int count) {
        IntStream.range(0, count).forEach(i -> client.send(1, NullNode.instance));
        return client;
    }

    private static ProbeClient identifying(ProbeClient client, Simulator simulator) {
        client.identify(simulator.token());
        return client;
    }

    private static void fatal(ProbeClient client) {
        client.identify("nonsense");
        client.closeCode();
    }

    private static void shards(Simulator simulator, SimulatorFixture fixture, int first, int second) {
        ProbeClient one = fixture.connect(simulator);
        one.identify(simulator.token(), first, 4);
        one.next("READY");
        ProbeClient other = fixture.connect(simulator);
        other.identify(simulator.token(), second, 4);
        other.next(
                message -> message.path("op").asInt() == 9 || message.path("s").asInt() == 1, "READY or op 9");
    }

    private static ProbeClient resuming(Simulator simulator, SimulatorFixture fixture, int sequence) {
        ProbeClient before = fixture.connect(simulator);
        before.identify(simulator.token());
        String session = before.next("READY").at("/d/session_id").asText();
        before.abort();
        ProbeClient after = fixture.connect(simulator);
        after.resume(simulator.token(), session, sequence);
        return after;
    }

    private static void limited(Simulator simulator, int requests) {
        simulator.faults().inject("http-429-retry-after", Map.of("retryAfter", 60));
        IntStream.range(0, requests).forEach(i -> new Rest(simulator).get("/api/v10/users/@me"));
    }

    private static void unmasked(Simulator simulator) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), simulator.port())) {
            String request = """
                    GET /?v=10 HTTP/1.1\r
                    Host: 127.0.0.1\r
                    Upgrade: websocket\r
                    Connection: Upgrade\r
                    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                    Sec-WebSocket-Version: 13\r
                    \r
                    """;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            socket.getOutputStream().write(new byte[] {(byte) 0x81, 2, '{', '}'});
            await().atMost(Duration.ofSeconds(25))
                    .until(() -> !simulator.violations().isEmpty());
        }
    }
}
