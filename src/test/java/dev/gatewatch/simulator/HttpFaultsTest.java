package dev.gatewatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** REST answers otherwise. */
@Timeout(30)
class HttpFaultsTest {

    private static final String BOT = "/api/v10/gateway/bot";

    @RegisterExtension
    final SimulatorFixture fixture = new SimulatorFixture();

    private Simulator simulator;
    private Rest rest;

    @BeforeEach
    void start() {
        simulator = fixture.patient();
        rest = new Rest(simulator);
    }

    @ParameterizedTest
    @CsvSource({
        "http-401,401",
        "http-403,403",
        "http-500,500",
        "http-502,502",
        "http-503,503",
        "http-429-cloudflare,429"
    })
    void answersWithAnErrorUntilHealed(String fault, int status) {
        simulator.faults().inject(fault);
        assertThat(rest.get(BOT).statusCode()).isEqualTo(status);
        assertThat(rest.get("/api/v10/users/@me").statusCode()).isEqualTo(status);
        simulator.faults().healAll();
        assertThat(rest.get(BOT).statusCode()).isEqualTo(200);
    }

    @Test
    void strikesOneRouteOnlyAndAsOftenAsCounted() {
        simulator.faults().inject("http-503", Map.of("route", "/gateway/bot", "count", 1));
        assertThat(rest.get("/api/v10/users/@me").statusCode()).isEqualTo(200);
        assertThat(rest.get(BOT).statusCode()).isEqualTo(503);
        assertThat(rest.get(BOT).statusCode()).isEqualTo(200);
    }

    @Test
    void leavesTheUpgradeAloneUnlessAskedTo() {
        simulator.faults().inject("http-503");
        fixture.ready(simulator);
        simulator.faults().inject("http-502", Map.of("upgrade", true));
        simulator.faults().heal(1);
        assertThatThrownBy(() -> fixture.connect(simulator)).hasStackTraceContaining("502");
    }

    @Test
    void neverStrikesTheControlApi() {
        simulator.faults().inject("http-hang");
        assertThat(rest.get("/_sim/state").statusCode()).isEqualTo(200);
    }

    @Test
    void limitsWithRetryAfter() {
        simulator.faults().inject("http-429-retry-after", Map.of("retryAfter", 1.5));
        HttpResponse<String> reply = rest.get(BOT);
        assertThat(reply.statusCode()).isEqualTo(429);
        assertThat(reply.headers().firstValue("Retry-After")).contains("2");
        assertThat(reply.headers().map())
                .containsKeys(
                        "x-ratelimit-limit",
                        "x-ratelimit-remaining",
                        "x-ratelimit-reset",
                        "x-ratelimit-reset-after",
                        "x-ratelimit-bucket",
                        "x-ratelimit-scope",
                        "via");
        JsonNode body = Rest.json(reply);
        assertThat(body.get("retry_after").asDouble()).isEqualTo(1.5);
        assertThat(body.get("global").asBoolean(true)).isFalse();
    }

    @Test
    void limitsWithResetHeadersOnly() {
        simulator.faults().inject("http-429-reset", Map.of("retryAfter", 1.5));
        HttpResponse<String> reply = rest.get(BOT);
        assertThat(reply.statusCode()).isEqualTo(429);
        assertThat(reply.headers().firstValue("Retry-After")).isEmpty();
        assertThat(reply.headers().firstValue("X-RateLimit-Reset-After")).contains("1.500");
        assertThat(reply.headers().firstValue("X-RateLimit-Remaining")).contains("0");
    }

    @Test
    void limitsGlobally() {
        simulator.faults().inject("http-429-global");
        HttpResponse<String> reply = rest.get(BOT);
        assertThat(reply.headers().firstValue("X-RateLimit-Global")).contains("true");
        assertThat(Rest.json(reply).get("global").asBoolean()).isTrue();
    }

    @Test
    void bansLikeCloudflareWithoutAnyHeader() {
        simulator.faults().inject("http-429-cloudflare");
        HttpResponse<String> reply = rest.get(BOT);
        assertThat(reply.body()).contains("error code: 1015");
        assertThat(reply.headers().map()).doesNotContainKeys("retry-after", "x-ratelimit-reset-after");
    }

    @Test
    void noticesWhoDoesNotWaitAsLongAsTold() {
        simulator.faults().inject("http-429-retry-after", Map.of("retryAfter", 60));
        rest.get(BOT);
        rest.get("/api/v10/users/@me");
        assertThat(simulator.violations()).isEmpty();
        rest.get(BOT);
        assertThat(simulator.violations()).extracting(Violation::rule).containsExactly("rate-limit-ignored");
    }

    @Test
    void hangs() {
        simulator.faults().inject("http-hang", Map.of("route", "/gateway/bot"));
        assertThatThrownBy(() -> rest.hasty(BOT)).hasMessageContaining("timed out");
    }

    @Test
    void breaksOffInTheMiddleOfTheBody() {
        simulator.faults().inject("http-half-body");
        assertThatThrownBy(() -> rest.get(BOT)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void answersWithAPageThatClaimsToBeJson() {
        simulator.faults().inject("http-not-json");
        HttpResponse<String> reply = rest.get(BOT);
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(reply.body()).startsWith("<html>");
    }

    @Test
    void countsInvalidRequests() {
        simulator.faults().inject("http-403", Map.of("count", 3));
        for (int i = 0; i < 5; i++) {
            rest.get(BOT);
        }
        assertThat(simulator.state().at("/counters/invalidRequests").asInt()).isEqualTo(3);
        assertThat(simulator.state().at("/counters/requests").asInt()).isEqualTo(5);
    }
}
