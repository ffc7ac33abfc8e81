package dev.gatewatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Discord grants the bot. */
@Timeout(30)
class AccountFaultsTest {

    @RegisterExtension
    final SimulatorFixture fixture = new SimulatorFixture();

    @Test
    void revokesTheTokenInMidFlightUntilHealed() {
        Simulator simulator = fixture.patient();
        ProbeClient client = fixture.ready(simulator);
        simulator.faults().inject("token-revoked");
        assertThat(client.closeCode()).isEqualTo(4004);
        assertThat(new Rest(simulator).get("/api/v10/users/@me").statusCode()).isEqualTo(401);
        ProbeClient stubborn = fixture.connect(simulator);
        stubborn.identify(simulator.token());
        assertThat(stubborn.closeCode()).isEqualTo(4004);
        simulator.faults().healAll();
        fixture.ready(simulator);
    }

    @Test
    void noticesWhoIdentifiesAgainAfterAFatalCloseThatWasInjected() {
        Simulator simulator = fixture.patient();
        ProbeClient client = fixture.connect(simulator);
        client.identify(simulator.token());
        client.next("READY");
        simulator.faults().inject("close", Map.of("code", 4014));
        client.closeCode();
        ProbeClient stubborn = fixture.connect(simulator);
        stubborn.identify(simulator.token());
        stubborn.next("READY");
        assertThat(simulator.violations()).extracting(Violation::rule).containsExactly("identify-after-fatal-close");
    }

    @Test
    void leavesNoIdentifiesAndResetsTheTokenOfWhoSpendsOneAnyway() {
        Simulator simulator = fixture.patient();
        simulator.faults().inject("no-identifies-left", Map.of("resetAfter", 30));
        JsonNode limit = limit(simulator);
        assertThat(limit.get("remaining").asInt()).isZero();
        assertThat(limit.get("reset_after").asLong()).isBetween(20_000L, 30_000L);
        ProbeClient client = fixture.connect(simulator);
        client.identify(simulator.token());
        assertThat(client.closeCode()).isEqualTo(4004);
        assertThat(simulator.violations()).extracting(Violation::rule).containsExactly("identify-budget");
        simulator.faults().healAll();
        fixture.ready(simulator);
        assertThat(limit(simulator).get("remaining").asInt()).isEqualTo(998);
    }

    @Test
    void changesMaxConcurrency() {
        Simulator simulator = fixture.discord(Rules.discord().withIdentifies(1, Duration.ofSeconds(5), 1000));
        simulator.faults().inject("max-concurrency", Map.of("value", 16));
        assertThat(limit(simulator).get("max_concurrency").asInt()).isEqualTo(16);
        for (int shard = 0; shard < 2; shard++) {
            ProbeClient client = fixture.connect(simulator);
            client.identify(simulator.token(), shard, 2);
            client.next("READY");
        }
        simulator.faults().healAll();
        assertThat(limit(simulator).get("max_concurrency").asInt()).isEqualTo(1);
        ProbeClient client = fixture.connect(simulator);
        client.identify(simulator.token(), 0, 2);
        client.nextOp(9);
    }

    private static JsonNode limit(Simulator simulator) {
        return Rest.json(new Rest(simulator).get("/api/v10/gateway/bot")).get("session_start_limit");
    }
}
