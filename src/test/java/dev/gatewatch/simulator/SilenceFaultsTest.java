package dev.gatewatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The socket stays open, and yet something is wrong. */
@Timeout(30)
class SilenceFaultsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @RegisterExtension
    final SimulatorFixture fixture = new SimulatorFixture();

    private Simulator simulator;

    @BeforeEach
    void start() {
        simulator = fixture.patient();
    }

    @Test
    void swallowsEverythingInABlackHoleAndDeliversItLateWhenHealed() {
        ProbeClient client = readyAndQuiet();
        long id = simulator.faults().inject("black-hole").id();
        client.send(1, NullNode.instance);
        simulator.emit(1);
        ProbeClient other =
                fixture.ready(simulator); // proves that the simulator is past the heartbeat, and lets others in
        other.untilAck();
        assertThat(client.hasMessage()).isFalse();
        assertThat(client.open()).isTrue();
        simulator.faults().heal(id);
        assertThat(List.of(
                        client.next().get("op").asInt(), client.next().get("op").asInt()))
                .containsExactlyInAnyOrder(11, 0);
    }

    @Test
    void keepsASessionResumableThatWasLostInABlackHole() {
        ProbeClient client = fixture.connect(simulator);
        client.identify(simulator.token());
        String session = client.next("READY").at("/d/session_id").asText();
        simulator.faults().inject("black-hole");
        client.close(1000); // never arrives
        await().atMost(PATIENCE).until(() -> events().contains("client-left"));
        ProbeClient again = fixture.connect(simulator);
        again.resume(simulator.token(), session, 6);
        again.next("RESUMED");
        again.untilAck();
        assertThat(client.open()).isTrue(); // not even the end of its connection gets through
    }

    @Test
    void leavesNewConnectionsWithoutAnAnswerWhenTheBlackHoleIsEverywhere() {
        simulator.faults().inject("black-hole", Map.of("scope", "all", "seconds", 0.4));
        assertThatThrownBy(() -> new Rest(simulator).hasty("/api/v10/gateway")).hasMessageContaining("timed out");
        await().atMost(PATIENCE)
                .until(() -> simulator.faults().json().get("active").isEmpty());
        assertThat(new Rest(simulator).get("/api/v10/gateway").statusCode()).isEqualTo(200);
    }

    @Test
    void sendsAcksLate() {
        ProbeClient client = readyAndQuiet();
        simulator.faults().inject("ack-delay", Map.of("millis", 150));
        long before = System.nanoTime();
        client.untilAck();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(145));
        simulator.faults().healAll();
        assertThat(client.untilAck()).isEmpty();
    }

    @Test
    void sendsAcksBehindAFlood() {
        ProbeClient client = readyAndQuiet();
        simulator.faults().inject("ack-behind-flood", Map.of("guilds", 40, "count", 1));
        List<JsonNode> flood = client.untilAck();
        assertThat(flood)
                .hasSize(40)
                .allMatch(message -> message.get("t").asText().equals("GUILD_CREATE"));
        assertThat(flood.get(0).get("s").asInt()).isEqualTo(7);
        assertThat(client.untilAck()).isEmpty();
    }

    @Test
    void floodsWithNumberedEvents() {
        ProbeClient client = readyAndQuiet();
        simulator.faults().inject("dispatch-flood", Map.of("perSecond", 1_000));
        for (int i = 0; i < 300; i++) {
            assertThat(client.next("TYPING_START").at("/d/user_id").asLong()).isEqualTo(Simulator.FIRST_EVENT_USER + i);
        }
        simulator.faults().healAll();
        long last = simulator.emit(1);
        client.next(message -> message.at("/d/user_id").asLong() == Simulator.FIRST_EVENT_USER + last - 1, "the last");
        assertThat(client.untilAck()).isEmpty();
    }

    @Test
    void endsWithoutACloseFrame() {
        ProbeClient client = fixture.ready(simulator);
        simulator.faults().inject("fin");
        assertThat(client.closeCode()).isEqualTo(-1);
        assertThat(simulator.state().at("/sessions")).hasSize(1);
    }

    @Test
    void tricklesNumberedEventsUnasked() {
        Simulator lively = fixture.discord(Rules.discord().withEventsPerSecond(50));
        ProbeClient client = fixture.ready(lively);
        client.next("TYPING_START");
        client.next("TYPING_START");
    }

    private ProbeClient readyAndQuiet() {
        ProbeClient client = fixture.ready(simulator);
        client.untilAck();
        return client;
    }

    private List<String> events() {
        return simulator.journal().entries().stream().map(Journal.Entry::event).toList();
    }
}
