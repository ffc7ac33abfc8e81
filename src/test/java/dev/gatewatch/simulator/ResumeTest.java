package dev.gatewatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ResumeTest {

    @RegisterExtension
    final SimulatorFixture fixture = new SimulatorFixture();

    @Test
    void replaysWhatWasMissedThenSendsResumed() {
        Simulator simulator = fixture.discord();
        ProbeClient client = fixture.connect(simulator);
        client.identify(simulator.token());
        String session = client.next("READY").at("/d/session_id").asText();
        for (int i = 0; i < 5; i++) {
            client.next("GUILD_CREATE");
        }
        client.abort();
        awaitNoConnections(simulator);
        simulator.emit(3);

        ProbeClient again = fixture.connect(simulator);
        again.nextOp(10);
        again.resume(simulator.token(), session, 5);
        JsonNode missed = again.next();
        assertThat(missed.get("t").asText()).isEqualTo("GUILD_CREATE");
        assertThat(missed.get("s").asInt()).isEqualTo(6);
        for (int i = 0; i < 3; i++) {
            JsonNode event = again.next();
            assertThat(event.get("t").asText()).isEqualTo("TYPING_START");
            assertThat(event.get("s").asInt()).isEqualTo(7 + i);
            assertThat(event.at("/d/user_id").asLong()).isEqualTo(Simulator.FIRST_EVENT_USER + i);
        }
        JsonNode resumed = again.next();
        assertThat(resumed.get("t").asText()).isEqualTo("RESUMED");
        assertThat(resumed.get("s").asInt()).isEqualTo(10);
        assertThat(simulator.state().at("/identifies/spent").asInt()).isEqualTo(1);
        assertThat(simulator.violations()).isEmpty();
    }

    @Test
    void resumesAtTheResumeGatewayUrl() {
        Simulator simulator = fixture.discord();
        ProbeClient client = fixture.connect(simulator);
        client.identify(simulator.token());
        JsonNode ready = client.next("READY").get("d");
        client.close(4000);
        ProbeClient again =
                fixture.connect(ready.get("resume_gateway_url").asText() + "/?v=10&encoding=json&compress=zlib-stream");
        again.resume(simulator.token(), ready.get("session_id").asText(), 6);
        again.next("RESUMED");
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001})
    void refusesASessionThatItsClientEnded(int code) {
        Simulator simulator = fixture.discord();
        assertThat(resumeAfter(simulator, client -> client.close(code))
                        .nextOp(9)
                        .get("d")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void keepsASessionAfterAnyOtherEnd() {
        Simulator simulator = fixture.patient();
        resumeAfter(simulator, client -> client.close(4000)).next("RESUMED");
        resumeAfter(simulator, client -> client.close(3000)).next("RESUMED");
        resumeAfter(simulator, ProbeClient::abort).next("RESUMED");
    }

    @Test
    void refusesAnUnknownSession() {
        Simulator simulator = fixture.discord();
        ProbeClient client = fixture.connect(simulator);
        client.resume(simulator.token(), "unknown", 1);
        assertThat(client.nextOp(9).get("d").asBoolean(true)).isFalse();
        assertThat(simulator.violations()).isEmpty();
    }

    @Test
    void refusesAnotherBotsSession() {
        Simulator simulator = fixture.discord();
        ProbeClient client = fixture.connect(simulator);
        client.identify(simulator.token());
        String session = client.next("READY").at("/d/session_id").asText();
        ProbeClient thief = fixture.connect(simulator);
        thief.resume("MTIzNDU2Nzg5MDEyMzQ1Njc4.x.y", session, 1);
        assertThat(thief.nextOp(9).get("d").asBoolean(true)).isFalse();
        assertThat(client.untilAck()).isNotNull();
    }

    @Test
    void refusesASessionThatHasExpired() {
        Simulator simulator = fixture.discord(Rules.discord().withSessions(Duration.ofMillis(50), 100));
        assertThat(resumeAfter(simulator, client -> {
                            client.abort();
                            await().atMost(Duration.ofSeconds(25))
                                    .until(() ->
                                            simulator.state().at("/sessions").isEmpty());
                        })
                        .nextOp(9)
                        .get("d")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void refusesWhenMoreWasMissedThanIsKept() {
        Simulator simulator = fixture.discord(Rules.discord().withSessions(Duration.ofMinutes(1), 3));
        resumeAfter(simulator, client -> {
                    client.abort();
                    awaitNoConnections(simulator);
                    simulator.emit(4);
                })
                .nextOp(9);
    }

    @Test
    void closesWith4007WhenTheSequenceIsAhead() {
        Simulator simulator = fixture.discord();
        ProbeClient client = fixture.connect(simulator);
        client.identify(simulator.token());
        String session = client.next("READY").at("/d/session_id").asText();
        client.abort();
        ProbeClient again = fixture.connect(simulator);
        again.resume(simulator.token(), session, 7);
        assertThat(again.closeCode()).isEqualTo(4007);
        assertThat(simulator.violations()).extracting(Violation::rule).containsExactly("resume-sequence");
    }

    @Test
    void takesTheSessionFromAConnectionThatIsStillOpen() {
        Simulator simulator = fixture.discord();
        ProbeClient old = fixture.connect(simulator);
        old.identify(simulator.token());
        String session = old.next("READY").at("/d/session_id").asText();
        ProbeClient fresh = fixture.connect(simulator);
        fresh.resume(simulator.token(), session, 6);
        fresh.next("RESUMED");
        assertThat(old.closeCode()).isEqualTo(-1);
        simulator.emit(1);
        fresh.next("TYPING_START");
    }

    @Test
    void leavesTheOlderConnectionOpenWhenTheRuleSaysSo() {
        Simulator simulator = fixture.discord(Rules.discord().withResumeReplacesConnection(false));
        ProbeClient old = fixture.connect(simulator);
        old.identify(simulator.token());
        String session = old.next("READY").at("/d/session_id").asText();
        ProbeClient fresh = fixture.connect(simulator);
        fresh.resume(simulator.token(), session, 6);
        fresh.next("RESUMED");
        simulator.emit(1);
        assertThat(fresh.next("TYPING_START")).isEqualTo(old.next("TYPING_START"));
        fresh.abort();
        simulator.emit(1);
        old.next("TYPING_START");
        assertThat(old.untilAck()).isEmpty();
    }

    @Test
    void keepsSessionsAndBudgetAcrossARestart(@TempDir Path dir) {
        SimulatorOptions options = SimulatorOptions.defaults().withDataDir(dir);
        Simulator before = fixture.discord(options);
        ProbeClient client = fixture.connect(before);
        client.identify(before.token());
        String session = client.next("READY").at("/d/session_id").asText();
        client.abort();
        awaitNoConnections(before);
        before.emit(2);
        before.close();

        Simulator after = fixture.discord(options);
        assertThat(after.state().at("/identifies/remaining").asInt()).isEqualTo(999);
        ProbeClient again = fixture.connect(after);
        again.resume(after.token(), session, 6);
        assertThat(again.next("TYPING_START").get("s").asInt()).isEqualTo(7);
        assertThat(again.next("RESUMED").get("s").asInt()).isEqualTo(9);
        assertThat(dir.resolve("simulator.json")).content().doesNotContain(before.token());
    }

    @Test
    void aSecondSimulatorDoesNotShareTheStateOfTheFirst(@TempDir Path dir) {
        SimulatorOptions options = SimulatorOptions.defaults().withDataDir(dir);
        Simulator first = fixture.discord(options);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> fixture.discord(options))
                    .isInstanceOf(StateInUseException.class)
                    .hasMessageContaining(dir.toString());
        }
        first.close();

        assertThat(fixture.discord(options).state().at("/identifies/spent").asInt())
                .isZero();
    }

    private ProbeClient resumeAfter(Simulator simulator, Consumer<ProbeClient> end) {
        ProbeClient client = fixture.connect(simulator);
        client.identify(simulator.token());
        String session = client.next("READY").at("/d/session_id").asText();
        end.accept(client);
        ProbeClient again = fixture.connect(simulator);
        again.nextOp(10);
        again.resume(simulator.token(), session, 1);
        return again;
    }

    private static void awaitNoConnections(Simulator simulator) {
        await().atMost(Duration.ofSeconds(25))
                .until(() -> simulator.state().at("/connections").isEmpty());
    }
}
