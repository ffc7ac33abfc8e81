package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The packaged service over real sockets against the simulator: each fault heals as it should, and no rule is broken. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultRecoveryIT {

    private static final Duration FOR_A_WHILE = Duration.ofSeconds(1);

    private Simulator simulator;
    private RunningService service;

    @BeforeAll
    void start() throws Exception {
        simulator =
                Simulator.start(SimulatorOptions.defaults().withPort(0).withHeartbeatInterval(Duration.ofSeconds(2)));
        service = RunningService.startAgainst(simulator, Map.of("DISCORD_RECONNECT_DELAY", "1"));
    }

    @AfterAll
    void stop() throws Exception {
        service.close();
        simulator.close();
    }

    @BeforeEach
    void hasBeenConnectedForAWhile() {
        service.await(status -> status.path("status").asText().equals("connected")
                && Duration.between(Instant.parse(status.path("last_connection").asText()), Instant.now())
                                .compareTo(FOR_A_WHILE)
                        > 0);
    }

    @AfterEach
    void brokeNoRule() {
        simulator.faults().healAll();
        assertThat(simulator.violations()).isEmpty();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("close", Map.of("code", 1000), true),
                Arguments.of("close", Map.of("code", 1001), true),
                Arguments.of("close", Map.of("code", 4000), true),
                Arguments.of("close", Map.of("code", 4001), true),
                Arguments.of("close", Map.of("code", 4002), true),
                Arguments.of("close", Map.of("code", 4003), true),
                Arguments.of("close", Map.of("code", 4005), true),
                Arguments.of("close", Map.of("code", 4008), true),
                Arguments.of("close", Map.of("code", 4999), true),
                Arguments.of("close", Map.of("code", 4007), false),
                Arguments.of("close", Map.of("code", 4009), false),
                Arguments.of("reconnect", Map.of(), true),
                Arguments.of("invalid-session", Map.of("resumable", true), true),
                Arguments.of("invalid-session", Map.of("resumable", false), false),
                Arguments.of("drop", Map.of(), true),
                Arguments.of("mute-acks", Map.of(), true),
                Arguments.of("unusable-hello", Map.of("count", 1), true),
                Arguments.of("refuse", Map.of("seconds", 3), true),
                Arguments.of("syn-drop", Map.of("seconds", 5), true));
    }

    @ParameterizedTest(name = "{0} {1}: resumes {2}")
    @MethodSource("faults")
    void returnsToConnected(String fault, Map<String, Object> parameters, boolean resumes) {
        String before = service.get("/discord-status").path("last_connection").asText();
        int spent = identifiesSpent();

        simulator.faults().inject(fault, parameters);
        JsonNode healed = service.await(status -> status.path("status").asText().equals("connected")
                && !status.path("last_connection").asText().equals(before));

        assertThat(identifiesSpent() - spent).as("IDENTIFYs spent").isEqualTo(resumes ? 0 : 1);
        assertThat(healed.path("connection_attempts").asInt()).isZero();
        assertThat(healed.path("guilds").asInt()).isEqualTo(5);
        assertThat(healed.path("users").asInt()).isEqualTo(1_250);
    }

    @Test
    void tellsWhoClosedAndWhy() {
        simulator.faults().inject("close", Map.of("code", 4008));

        JsonNode last = service.await(
                        status -> status.at("/shards/0/last_disconnect/code").asInt() == 4008)
                .at("/shards/0/last_disconnect");

        assertThat(last.path("closed_by").asText()).isEqualTo("discord");
        assertThat(last.path("name").asText()).isEqualTo("Rate limited");
    }

    private int identifiesSpent() {
        return simulator.state().at("/identifies/spent").asInt();
    }
}
