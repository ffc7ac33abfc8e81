package dev.gatewatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wire carries what a parser does not expect. */
@Timeout(30)
class WireFaultsTest {

    @RegisterExtension
    final SimulatorFixture fixture = new SimulatorFixture();

    private Simulator simulator;

    @BeforeEach
    void start() {
        simulator = fixture.patient();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&compress=zlib-stream"})
    void sendsMalformedJson(String compression) {
        ProbeClient client = ready(compression);
        simulator.faults().inject("malformed-json");
        client.next(message -> message.has("malformed"), "malformed JSON");
        client.untilAck(); // whoever forgives it can go on: the compression is intact
    }

    @Test
    void sendsAnUnknownOpcodeAndAnUnknownEvent() {
        ProbeClient client = ready("");
        simulator.faults().inject("unknown-opcode", Map.of("op", 42));
        client.nextOp(42);
        simulator.faults().inject("unknown-event", Map.of("type", "NEVER_HEARD"));
        JsonNode event = client.next("NEVER_HEARD");
        assertThat(event.get("s").asInt()).isEqualTo(7);
    }

    @Test
    void breaksTheZlibStream() {
        ProbeClient client = ready("&compress=zlib-stream");
        simulator.faults().inject("corrupt-zlib");
        client.next(message -> message.has("corrupt"), "a broken stream");
    }

    @Test
    void sendsOneVeryLargeFrame() {
        ProbeClient client = ready("");
        simulator.faults().inject("oversized-frame", Map.of("bytes", 3_000_000));
        assertThat(client.next("SIMULATOR_OVERSIZED").at("/d/padding").asText()).hasSize(3_000_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&compress=zlib-stream"})
    void fragmentsMessages(String compression) {
        ProbeClient client = ready(compression);
        client.untilAck();
        int before = client.frames();
        simulator.faults().inject("fragmented-frames", Map.of("bytes", 2));
        client.untilAck();
        assertThat(client.frames() - before).isGreaterThan(2);
        simulator.faults().healAll();
        int healed = client.frames();
        client.untilAck();
        assertThat(client.frames() - healed).isEqualTo(1);
    }

    @Test
    void fragmentsMessagesOfConnectionsThatOpenMeanwhile() {
        simulator.faults().inject("fragmented-frames", Map.of("bytes", 4));
        ProbeClient client = fixture.connect(simulator);
        client.nextOp(10);
        assertThat(client.frames()).isGreaterThan(5);
    }

    @Test
    void tricklesBytesThenDeliversTheRestWhenHealed() {
        ProbeClient client = ready("");
        client.untilAck();
        simulator.faults().inject("slow-trickle", Map.of("bytesPerSecond", 200));
        long before = System.nanoTime();
        client.untilAck(); // some 40 bytes, 10 in each twentieth of a second
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(80));
        simulator.emit(200);
        simulator.faults().healAll();
        for (int i = 0; i < 200; i++) {
            client.next("TYPING_START");
        }
        client.untilAck();
    }

    private ProbeClient ready(String compression) {
        ProbeClient client =
                fixture.connect("ws://127.0.0.1:" + simulator.port() + "/?v=10&encoding=json" + compression);
        client.nextOp(10);
        client.identify(simulator.token());
        client.next("READY");
        return client;
    }
}
