package dev.gatewatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.NullNode;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The six faults that a demo plays. */
@Timeout(30)
class GentleFaultsTest {

    @RegisterExtension
    final SimulatorFixture fixture = new SimulatorFixture();

    private Simulator simulator;

    @BeforeEach
    void start() {
        simulator = fixture.patient();
    }

    @ParameterizedTest
    @CsvSource({
        "1000,true",
        "1001,true",
        "1011,true",
        "4000,true",
        "4008,true",
        "4999,true",
        "4004,false",
        "4007,false",
        "4009,false",
        "4014,false"
    })
    void closesWithAnyCodeAndEndsTheSessionWhenTheTableSaysSo(int code, boolean sessionLives) {
        ProbeClient client = fixture.ready(simulator);
        simulator.faults().inject("close", Map.of("code", code, "reason", "because"));
        assertThat(client.closeCode()).isEqualTo(code);
        assertThat(simulator.state().at("/sessions").size()).isEqualTo(sessionLives ? 1 : 0);
    }

    @Test
    void endsWithoutACloseFrameAfter1006() {
        ProbeClient client = fixture.ready(simulator);
        simulator.faults().inject("close", Map.of("code", 1006));
        assertThat(client.closeCode()).isEqualTo(-1);
    }

    @Test
    void asksForAReconnect() {
        ProbeClient client = fixture.ready(simulator);
        simulator.faults().inject("reconnect");
        client.nextOp(7);
    }

    @Test
    void invalidatesTheSessionOrLeavesItResumable() {
        ProbeClient client = fixture.ready(simulator);
        simulator.faults().inject("invalid-session", Map.of("resumable", true));
        assertThat(client.nextOp(9).get("d").asBoolean()).isTrue();
        assertThat(simulator.state().at("/sessions")).hasSize(1);
        ProbeClient other = fixture.ready(simulator);
        simulator.faults().inject("invalid-session", Map.of("resumable", false));
        assertThat(other.nextOp(9).get("d").asBoolean(true)).isFalse();
        assertThat(simulator.state().at("/sessions")).hasSize(1); // the first client's, which nobody holds any more
    }

    @Test
    void letsAClientResumeOnTheSameConnectionAfterAnInvalidSession() {
        ProbeClient client = fixture.connect(simulator);
        client.identify(simulator.token());
        String session = client.next("READY").at("/d/session_id").asText();
        simulator.faults().inject("invalid-session", Map.of("resumable", true));
        client.nextOp(9);
        client.resume(simulator.token(), session, 6); // discord.js does so, discord.py reconnects first
        client.next("RESUMED");
        assertThat(simulator.violations()).isEmpty();
    }

    @Test
    void resetsTheTcpConnection() {
        ProbeClient client = fixture.ready(simulator);
        simulator.faults().inject("drop");
        assertThat(client.closeCode()).isEqualTo(-1);
        assertThat(simulator.state().at("/sessions")).hasSize(1);
    }

    @Test
    void mutesAcksUntilHealed() {
        ProbeClient client = fixture.ready(simulator);
        for (int i = 0; i < 5; i++) {
            client.next("GUILD_CREATE");
        }
        long id = simulator.faults().inject("mute-acks").id();
        client.send(1, NullNode.instance);
        simulator.emit(1);
        client.next("TYPING_START");
        assertThat(simulator.faults().heal(id)).isTrue();
        assertThat(client.untilAck()).isEmpty();
    }

    @Test
    void mutesAcksForAWhile() {
        fixture.ready(simulator);
        simulator.faults().inject("mute-acks", Map.of("seconds", 0.1));
        await().atMost(Duration.ofSeconds(25))
                .until(() -> simulator.faults().json().get("active").isEmpty());
    }

    @Test
    void strikesAsOftenAsCounted() {
        ProbeClient client = fixture.ready(simulator);
        simulator.faults().inject("mute-acks", Map.of("count", 2));
        client.send(1, NullNode.instance);
        client.send(1, NullNode.instance);
        client.untilAck();
        assertThat(simulator.faults().json().get("active")).isEmpty();
    }

    @Test
    void hitsOnlyTheShardThatIsMeant() {
        ProbeClient zero = fixture.connect(simulator);
        zero.identify(simulator.token(), 0, 2);
        zero.next("READY");
        ProbeClient one = fixture.connect(simulator);
        one.identify(simulator.token(), 1, 2);
        one.next("READY");
        Faults.Injected injected = simulator.faults().inject("drop", Map.of("shard", 1));
        assertThat(injected.connections()).isEqualTo(1);
        assertThat(one.closeCode()).isEqualTo(-1);
        zero.untilAck();
    }

    @Test
    void refusesConnectionsForAWhileAndHealsByItself() throws Exception {
        ProbeClient client = fixture.ready(simulator);
        simulator.faults().inject("refuse", Map.of("seconds", 0.3));
        assertThat(client.closeCode()).isEqualTo(-1);
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), simulator.port()).close())
                .isInstanceOf(ConnectException.class);
        await().atMost(Duration.ofSeconds(25)).ignoreExceptions().until(() -> {
            new Socket(InetAddress.getLoopbackAddress(), simulator.port()).close();
            return true;
        });
        fixture.ready(simulator);
        assertThat(entries()).containsSubsequence("fault-started", "refusing", "fault-ended", "listening");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void answersNoConnectForAWhileAndHealsByItself() throws Exception {
        ProbeClient client = fixture.ready(simulator);
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), simulator.port());
        simulator.faults().inject("syn-drop", Map.of("seconds", 2));
        assertThat(client.closeCode()).isEqualTo(-1);
        await().atMost(Duration.ofSeconds(25)).until(() -> entries().contains("ignoring"));
        try (Socket unanswered = new Socket()) {
            assertThatThrownBy(() -> unanswered.connect(address, 200)).isInstanceOf(SocketTimeoutException.class);
        }
        try (Socket patient = new Socket()) {
            patient.connect(address, 25_000); // its packets are sent again
        }
        fixture.ready(simulator);
        assertThat(entries()).containsSubsequence("fault-started", "ignoring", "fault-ended", "listening");
    }

    @Test
    void theLatestWayOfNotLettingInHoldsUntilBothAreHealed() throws Exception {
        fixture.ready(simulator);
        long refusal = simulator.faults().inject("refuse").id();
        long silence = simulator.faults().inject("syn-drop").id();
        await().atMost(Duration.ofSeconds(25)).until(() -> entries().contains("ignoring"));
        simulator.faults().heal(refusal);
        assertThat(entries()).containsOnlyOnce("listening");
        simulator.faults().heal(silence);
        await().atMost(Duration.ofSeconds(25)).until(() -> Collections.frequency(entries(), "listening") == 2);
        fixture.ready(simulator);
    }

    @Test
    void healsARefusalOverAConnectionThatIsStillOpen() {
        Rest rest = new Rest(simulator);
        rest.call("POST", "/_sim/faults", "{\"fault\":\"refuse\",\"seconds\":600}");
        assertThat(rest.get("/_sim/state").statusCode()).isEqualTo(200);
        assertThat(rest.call("DELETE", "/_sim/faults", null).statusCode()).isEqualTo(204);
        await().atMost(Duration.ofSeconds(25)).ignoreExceptions().until(() -> {
            new Socket(InetAddress.getLoopbackAddress(), simulator.port()).close();
            return true;
        });
    }

    @Test
    void refusesRestEvenOverAConnectionThatIsStillOpen() {
        Rest rest = new Rest(simulator);
        assertThat(rest.get("/api/v10/gateway").statusCode()).isEqualTo(200);
        simulator.faults().inject("refuse");
        assertThatThrownBy(() -> rest.get("/api/v10/gateway")).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void playsTheSameGentleScenarioFromTheSameSeed() {
        assertThat(moves(7)).isEqualTo(moves(7)).isNotEqualTo(moves(8));
    }

    @Test
    void playsOnlyFaultsThatExist() {
        for (GentleScenario.Move move : moves(1)) {
            assertThat(Arguments.check(FaultCatalogue.find(move.fault()), move.parameters()))
                    .isNotNull();
        }
    }

    private List<String> entries() {
        return simulator.journal().entries().stream().map(Journal.Entry::event).toList();
    }

    private static List<GentleScenario.Move> moves(long seed) {
        GentleScenario scenario = new GentleScenario(seed);
        return Stream.generate(scenario::next).limit(20).toList();
    }
}
