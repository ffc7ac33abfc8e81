package dev.gatewatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class FaultCatalogueTest {

    /** The names are an interface: command lines, scenarios and drills are written with them. */
    private static final List<String> NAMES = List.of(
            "close",
            "drop",
            "fin",
            "reconnect",
            "invalid-session",
            "black-hole",
            "mute-acks",
            "ack-delay",
            "ack-behind-flood",
            "refuse",
            "syn-drop",
            "accept-then-close",
            "no-hello",
            "hello-at-once",
            "unusable-hello",
            "no-ready",
            "no-resumed",
            "reconnect-early",
            "invalid-session-loop",
            "dns-failure",
            "tls-failure",
            "dead-resume-url",
            "unparsable-resume-url",
            "malformed-json",
            "unknown-opcode",
            "unknown-event",
            "corrupt-zlib",
            "oversized-frame",
            "fragmented-frames",
            "slow-trickle",
            "dispatch-flood",
            "http-401",
            "http-403",
            "http-429-retry-after",
            "http-429-reset",
            "http-429-global",
            "http-429-cloudflare",
            "http-500",
            "http-502",
            "http-503",
            "rest-error",
            "http-hang",
            "http-half-body",
            "http-not-json",
            "no-identifies-left",
            "max-concurrency",
            "token-revoked");

    @RegisterExtension
    final SimulatorFixture fixture = new SimulatorFixture();

    @Test
    void keepsItsNames() {
        assertThat(FaultCatalogue.ROWS).extracting(FaultKind::name).containsExactlyElementsOf(NAMES);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void hasParametersWhoseDefaultsAreInRange(FaultKind row) {
        assertThat(row.description()).isNotEmpty();
        for (Parameter parameter : row.parameters()) {
            Object fallback = parameter.fallback();
            if (fallback != null) {
                assertThat(parameter.accept(fallback)).isEqualTo(fallback);
            }
            assertThat(parameter.description()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void strikesWithDefaultsHealsAndLeavesNothingBehind(FaultKind row) {
        Simulator simulator = fixture.patient();
        fixture.ready(simulator);
        long id = simulator.faults().inject(row.name()).id();
        assertThat(simulator.faults().heal(id)).isEqualTo(row.lasting());
        assertThat(simulator.faults().json().get("active")).isEmpty();
        await().atMost(Duration.ofSeconds(25)).ignoreExceptions().until(() -> {
            ProbeClient client = fixture.ready(simulator);
            client.untilAck();
            return new Rest(simulator).get("/api/v10/gateway/bot").statusCode() == 200;
        });
    }

    @Test
    void namesWhatExistsWhenAskedForWhatDoesNot() {
        assertThatThrownBy(() -> FaultCatalogue.find("nonsense"))
                .isInstanceOf(FaultRefusedException.class)
                .hasMessageContaining("'nonsense'")
                .hasMessageContaining("black-hole");
        assertThatThrownBy(() -> fixture.discord().faults().inject("close", Map.of("codex", 1)))
                .hasMessageContaining("'codex'")
                .hasMessageContaining("reason");
    }

    static Stream<FaultKind> rows() {
        return FaultCatalogue.ROWS.stream();
    }
}
