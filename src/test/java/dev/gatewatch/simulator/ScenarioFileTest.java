package dev.gatewatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(30)
class ScenarioFileTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @RegisterExtension
    final SimulatorFixture fixture = new SimulatorFixture();

    @Test
    void saysWhatWhenAndForHowLong() {
        ScenarioFile scenario = ScenarioFile.parse("""
                name: A bad afternoon
                steps:
                  - at: 5s
                    fault: mute-acks
                    for: 1.5s
                  - after: 500ms
                    fault: close
                    code: 4000
                  - fault: drop
                  - at: 2m
                    fault: refuse
                    seconds: 3
                """);
        assertThat(scenario.name()).isEqualTo("A bad afternoon");
        assertThat(scenario.repeat()).isFalse();
        assertThat(scenario.steps())
                .containsExactly(
                        new ScenarioFile.Step(Duration.ofSeconds(5), "mute-acks", Map.of("seconds", 1.5)),
                        new ScenarioFile.Step(Duration.ofMillis(5_500), "close", Map.of("code", 4000)),
                        new ScenarioFile.Step(Duration.ofMillis(5_500), "drop", Map.of()),
                        new ScenarioFile.Step(Duration.ofMinutes(2), "refuse", Map.of("seconds", 3)));
    }

    @Test
    void namesEveryStepThatIsWrong() {
        assertThatThrownBy(() -> ScenarioFile.parse("""
                        steps:
                          - fault: nonsense
                          - fault: close
                          - fault: close
                            code: 7
                          - at: soon
                            fault: drop
                          - at: 1s
                            after: 1s
                            fault: drop
                          - close
                        """))
                .isInstanceOf(FaultRefusedException.class)
                .hasMessageContaining("step 1: there is no fault 'nonsense'")
                .hasMessageContaining("step 3: parameter 'code'")
                .hasMessageContaining("step 4: 'soon' is no duration")
                .hasMessageContaining("step 5: has both")
                .hasMessageContaining("step 6: has no 'fault'")
                .hasMessageNotContaining("step 2");
    }

    @Test
    void refusesWhatIsNoScenario() {
        for (String yaml : List.of("", "nonsense", "steps: []", "steps: 7", "a: [", "!!java.net.URL [\"http://x\"]")) {
            assertThatThrownBy(() -> ScenarioFile.parse(yaml)).isInstanceOf(FaultRefusedException.class);
        }
    }

    @Test
    void playsItsStepsInTime() {
        Simulator simulator = fixture.patient();
        ProbeClient client = fixture.ready(simulator);
        simulator.play(ScenarioFile.parse("""
                steps:
                  - at: 50ms
                    fault: reconnect
                  - after: 50ms
                    fault: mute-acks
                    for: 100ms
                  - at: 300ms
                    fault: close
                    code: 4000
                """));
        client.nextOp(7);
        assertThat(client.closeCode()).isEqualTo(4000);
        List<String> faults = simulator.journal().entries().stream()
                .filter(entry -> entry.event().startsWith("fault-"))
                .map(entry -> entry.event() + " " + entry.detail().get("fault"))
                .toList();
        assertThat(faults)
                .containsExactly(
                        "fault-started reconnect",
                        "fault-started mute-acks",
                        "fault-ended mute-acks",
                        "fault-started close");
    }

    @Test
    void playsAgainAndAgainWhenAskedTo() {
        Simulator simulator = fixture.patient();
        simulator.play(ScenarioFile.parse("{repeat: true, steps: [{fault: reconnect}]}"));
        await().atMost(PATIENCE)
                .until(() -> simulator.journal().entries().stream()
                                .filter(entry -> entry.event().equals("fault-started"))
                                .count()
                        >= 2);
    }

    /** A later step of another scenario proves that the time of the next round has passed. */
    @Test
    void oneThatRepeatsEndsWhenItIsStopped() {
        Simulator simulator = fixture.patient();
        Rest rest = new Rest(simulator);
        long id = Rest.json(rest.call("POST", "/_sim/scenarios", "{repeat: true, steps: [{fault: reconnect}]}"))
                .path("id")
                .asLong();
        assertThat(Rest.json(rest.call("GET", "/_sim/scenarios", "")).findValuesAsText("id"))
                .containsExactly(Long.toString(id));

        assertThat(rest.call("DELETE", "/_sim/scenarios/" + id, "").statusCode())
                .isEqualTo(204);
        List<String> before = started(simulator);
        rest.call("POST", "/_sim/scenarios", "steps: [{at: 2s, fault: drop}]");

        await().atMost(PATIENCE).until(() -> started(simulator).contains("drop"));
        assertThat(started(simulator)).hasSize(before.size() + 1);
        assertThat(rest.call("DELETE", "/_sim/scenarios/" + id, "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void allCanBeStoppedAndOneThatHasEndedIsNotShown() {
        Simulator simulator = fixture.patient();
        Rest rest = new Rest(simulator);
        rest.call("POST", "/_sim/scenarios", "{repeat: true, steps: [{at: 1m, fault: reconnect}]}");
        rest.call("POST", "/_sim/scenarios", "{steps: [{at: 1m, fault: reconnect}]}");
        rest.call("POST", "/_sim/scenarios", "{name: short, steps: [{fault: drop}]}");
        await().atMost(PATIENCE)
                .until(() -> !rest.call("GET", "/_sim/scenarios", "").body().contains("short"));
        assertThat(Rest.json(rest.call("GET", "/_sim/scenarios", ""))).hasSize(2);

        rest.call("DELETE", "/_sim/scenarios", "");

        assertThat(Rest.json(rest.call("GET", "/_sim/scenarios", ""))).isEmpty();
    }

    private static List<String> started(Simulator simulator) {
        return simulator.journal().entries().stream()
                .filter(entry -> entry.event().equals("fault-started"))
                .map(entry -> String.valueOf(entry.detail().get("fault")))
                .toList();
    }

    @Test
    void isTakenByTheControlApi() {
        Simulator simulator = fixture.patient();
        ProbeClient client = fixture.ready(simulator);
        Rest rest = new Rest(simulator);
        HttpResponse<String> reply = rest.call("POST", "/_sim/scenarios", "steps:\n- fault: reconnect\n");
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(Rest.json(reply).get("steps").asInt()).isEqualTo(1);
        client.nextOp(7);
        assertThat(rest.call("POST", "/_sim/scenarios", "steps:\n- fault: nonsense\n")
                        .statusCode())
                .isEqualTo(400);
    }
}
