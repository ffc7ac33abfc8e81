package dev.gatewatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Trouble between the TCP connect and READY or RESUMED. */
@Timeout(30)
class LoginFaultsTest {

    @RegisterExtension
    final SimulatorFixture fixture = new SimulatorFixture();

    private Simulator simulator;

    @BeforeEach
    void start() {
        simulator = fixture.patient();
    }

    @Test
    void acceptsAndClosesAsOftenAsCounted() {
        ProbeClient before = fixture.ready(simulator);
        simulator.faults().inject("accept-then-close", Map.of("count", 2));
        assertThat(before.closeCode()).isEqualTo(-1);
        for (int i = 0; i < 2; i++) {
            ProbeClient client = fixture.connect(simulator);
            assertThat(client.closeCode()).isEqualTo(-1);
            assertThat(client.hasMessage()).isFalse();
        }
        fixture.ready(simulator);
    }

    @Test
    void acceptsAndClosesWithACode() {
        simulator.faults().inject("accept-then-close", Map.of("count", 1, "code", 4000));
        assertThat(fixture.connect(simulator).closeCode()).isEqualTo(4000);
    }

    @Test
    void saysNoHello() {
        simulator.faults().inject("no-hello", Map.of("count", 1));
        ProbeClient client = fixture.connect(simulator);
        client.identify(simulator.token());
        client.send(1, NullNode.instance);
        assertThat(client.next().get("op").asInt()).as("no HELLO, no READY").isEqualTo(11);
        fixture.connect(simulator).nextOp(10);
    }

    @Test
    void saysNoHelloToOneShardThatResumes() {
        simulator.faults().inject("no-hello", Map.of("shard", 1));
        String url = "ws://127.0.0.1:" + simulator.port() + "/resume-";
        fixture.connect(url + 0).nextOp(10);
        ProbeClient one = fixture.connect(url + 1);
        one.send(1, NullNode.instance);
        assertThat(one.next().get("op").asInt()).isEqualTo(11);
    }

    @Test
    void saysHelloWithoutAUsableInterval() {
        simulator.faults().inject("unusable-hello", Map.of("count", 1, "interval", "null"));
        ProbeClient client = fixture.connect(simulator);
        assertThat(client.nextOp(10).at("/d/heartbeat_interval").isNull()).isTrue();
        client.identify(simulator.token());
        client.send(1, NullNode.instance);
        assertThat(client.next().get("op").asInt()).as("no READY").isEqualTo(11);
        assertThat(fixture.connect(simulator)
                        .nextOp(10)
                        .at("/d/heartbeat_interval")
                        .isInt())
                .isTrue();
    }

    @Test
    void saysReadyOnlyWhenHealed() {
        fixture.ready(simulator);
        simulator.faults().inject("no-ready");
        assertThat(simulator.state().at("/sessions")).isEmpty();
        ProbeClient client = fixture.connect(simulator);
        client.nextOp(10);
        client.identify(simulator.token());
        assertThat(client.untilAck()).isEmpty();
        assertThat(simulator.state().at("/identifies/spent").asInt()).isEqualTo(2);
        assertThat(readies()).isEqualTo(1);
        simulator.faults().healAll();
        assertThat(client.next().get("t").asText()).isEqualTo("READY");
        assertThat(readies()).isEqualTo(2);
        assertThat(client.next().get("t").asText()).isEqualTo("GUILD_CREATE");
    }

    @Test
    void leavesAClientWithoutReadyForGoodWhenTheCountIsUp() {
        simulator.faults().inject("no-ready", Map.of("count", 1));
        ProbeClient client = fixture.connect(simulator);
        client.nextOp(10);
        client.identify(simulator.token());
        assertThat(client.untilAck()).isEmpty();
        fixture.ready(simulator);
        assertThat(client.untilAck()).isEmpty();
    }

    @Test
    void answersAResumeWithNothing() {
        ProbeClient client = fixture.connect(simulator);
        client.identify(simulator.token());
        String session = client.next("READY").at("/d/session_id").asText();
        simulator.faults().inject("no-resumed", Map.of("count", 1));
        ProbeClient again = fixture.connect(simulator);
        again.nextOp(10);
        again.resume(simulator.token(), session, 1);
        assertThat(again.untilAck()).isEmpty();
        ProbeClient third = fixture.connect(simulator);
        third.resume(simulator.token(), session, 6);
        third.next("RESUMED");
        assertThat(simulator.violations()).isEmpty();
    }

    @Test
    void asksForAReconnectBeforeHelloOrInItsPlace() {
        simulator.faults().inject("reconnect-early", Map.of("count", 1));
        ProbeClient before = fixture.connect(simulator);
        assertThat(before.next().get("op").asInt()).isEqualTo(7);
        assertThat(before.next().get("op").asInt()).isEqualTo(10);
        simulator.faults().inject("reconnect-early", Map.of("count", 1, "when", "instead-of-hello"));
        ProbeClient instead = fixture.connect(simulator);
        assertThat(instead.next().get("op").asInt()).isEqualTo(7);
        instead.send(1, NullNode.instance);
        assertThat(instead.next().get("op").asInt()).isEqualTo(11);
        assertThat(fixture.connect(simulator).next().get("op").asInt()).isEqualTo(10);
    }

    @Test
    void invalidatesAgainAndAgain() {
        ProbeClient client = fixture.ready(simulator);
        simulator.faults().inject("invalid-session-loop", Map.of("resumable", true));
        JsonNode first = client.nextOp(9);
        assertThat(first.get("d").asBoolean()).isTrue();
        for (int i = 0; i < 3; i++) {
            client.resume(simulator.token(), "whatever", 1);
            client.nextOp(9);
        }
        client.identify(simulator.token());
        client.nextOp(9);
        assertThat(simulator.state().at("/identifies/spent").asInt()).isEqualTo(2);
        simulator.faults().healAll();
        client.identify(simulator.token());
        client.next("READY");
    }

    @Test
    void leavesOnlyADeadOrUnknownAddress() {
        fixture.ready(simulator);
        simulator.faults().inject("dns-failure");
        assertThat(gatewayUrl()).isEqualTo("ws://gateway.invalid:" + simulator.port());
        assertThatThrownBy(() -> fixture.connect(simulator)).isNotNull();
        simulator.faults().healAll();
        assertThat(gatewayUrl()).isEqualTo("ws://127.0.0.1:" + simulator.port());
        fixture.ready(simulator);
    }

    @Test
    void killsTheResumeUrlOnly() {
        ProbeClient client = fixture.connect(simulator);
        client.identify(simulator.token());
        String url = client.next("READY").at("/d/resume_gateway_url").asText();
        simulator.faults().inject("dead-resume-url");
        assertThat(client.closeCode()).isEqualTo(-1);
        assertThatThrownBy(() -> fixture.connect(url + "?v=10")).isNotNull();
        ProbeClient fresh = fixture.connect(simulator);
        fresh.identify(simulator.token());
        assertThat(fresh.next("READY").at("/d/resume_gateway_url").asText()).isEqualTo("ws://127.0.0.1:1/resume-0");
        simulator.faults().healAll();
        fixture.connect(url + "?v=10").nextOp(10);
    }

    @Test
    void handsOutAResumeUrlThatIsNone() {
        ProbeClient client = fixture.ready(simulator);
        simulator.faults().inject("unparsable-resume-url", Map.of("url", "::", "dropAfterMillis", 50));
        assertThat(client.nextOp(9).get("d").asBoolean(true)).isFalse();
        client.identify(simulator.token());
        assertThat(client.next("READY").at("/d/resume_gateway_url").asText()).startsWith("::");
        assertThat(client.closeCode()).isEqualTo(-1);
    }

    private long readies() {
        return simulator.journal().entries().stream()
                .filter(entry -> entry.event().equals("ready"))
                .count();
    }

    private String gatewayUrl() {
        return Rest.json(new Rest(simulator).get("/api/v10/gateway")).get("url").asText();
    }
}
