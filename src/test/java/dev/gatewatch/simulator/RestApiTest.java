package dev.gatewatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class RestApiTest {

    private static final String COMMANDS = "/api/v10/applications/1100000000000000001/commands";

    @RegisterExtension
    final SimulatorFixture fixture = new SimulatorFixture();

    private Simulator simulator;
    private Rest rest;

    @BeforeEach
    void start() {
        simulator = fixture.discord();
        rest = new Rest(simulator);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v10", "/api/v9", "/api"})
    void handsOutTheGatewayUnderEachVersion(String base) {
        JsonNode bot = Rest.json(rest.get(base + "/gateway/bot"));
        assertThat(bot.get("url").asText()).isEqualTo("ws://127.0.0.1:" + simulator.port());
        assertThat(bot.get("shards").asInt()).isEqualTo(1);
        JsonNode limit = bot.get("session_start_limit");
        assertThat(limit.get("total").asInt()).isEqualTo(1000);
        assertThat(limit.get("remaining").asInt()).isEqualTo(1000);
        assertThat(limit.get("reset_after").asLong()).isBetween(86_000_000L, 86_400_000L);
        assertThat(limit.get("max_concurrency").asInt()).isEqualTo(1);
    }

    @Test
    void handsOutTheHostThatTheClientUsed() {
        assertThat(simulator.apiBaseUrl()).hasToString("http://127.0.0.1:" + simulator.port() + "/api/v10");
        HttpResponse<String> reply = rest.call("GET", "/api/v10/gateway", null, null);
        assertThat(Rest.json(reply).get("url").asText()).isEqualTo("ws://127.0.0.1:" + simulator.port());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/gateway/bot", "/users/@me", "/applications/@me", "/oauth2/applications/@me"})
    void wantsAToken(String path) {
        assertThat(rest.get("/api/v10" + path).statusCode()).isEqualTo(200);
        for (String token : new String[] {null, "nonsense"}) {
            HttpResponse<String> refused = rest.call("GET", "/api/v10" + path, null, token);
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.body()).isEqualTo("{\"message\":\"401: Unauthorized\",\"code\":0}");
        }
        assertThat(simulator.state().at("/counters/invalidRequests").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v10/unknown", "/", "/else"})
    void answersUnknownPathsWithDiscords404(String path) {
        HttpResponse<String> reply = rest.get(path);
        assertThat(reply.statusCode()).isEqualTo(404);
        assertThat(reply.body()).isEqualTo("{\"message\":\"404: Not Found\",\"code\":0}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/api/v6", "/api/v8", "/api/v10"})
    void answersUnderEachVersionThatIsServed(String base) {
        assertThat(rest.get(base + "/users/@me").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v5/users/@me", "/api/v11/users/@me"})
    void answersDiscontinuedVersionsWith400(String path) {
        HttpResponse<String> reply = rest.get(path);
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(Rest.json(reply).path("code").asInt()).isEqualTo(50041);
    }

    @Test
    void announcesItsRateLimitsAndEnforcesThem() {
        HttpResponse<String> first = rest.get("/api/v10/users/@me");
        assertThat(first.headers().firstValue("X-RateLimit-Limit")).contains("50");
        assertThat(first.headers().firstValue("X-RateLimit-Remaining")).contains("49");
        assertThat(first.headers().firstValue("X-RateLimit-Reset-After").orElseThrow())
                .matches("[01]\\.[0-9]{3}");
        assertThat(first.headers().firstValue("X-RateLimit-Bucket")).isPresent();
        HttpResponse<String> last = first;
        for (int i = 0; i < 1000 && last.statusCode() == 200; i++) {
            last = rest.get("/api/v10/users/@me");
        }
        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(last.headers().firstValue("Retry-After")).contains("1");
        assertThat(Rest.json(last).get("retry_after").asDouble()).isBetween(0.0, 1.0);
        assertThat(simulator.violations()).extracting(Violation::rule).containsOnly("rate-limit");
    }

    @Test
    void keepsApplicationCommands() {
        HttpResponse<String> created = rest.call("POST", COMMANDS, "{\"name\":\"status\",\"description\":\"d\"}");
        assertThat(created.statusCode()).isEqualTo(201);
        String id = Rest.json(created).get("id").asText();
        HttpResponse<String> put = rest.call(
                "PUT",
                COMMANDS,
                "[{\"name\":\"status\",\"description\":\"e\"},{\"name\":\"ping\",\"description\":\"p\"}]");
        assertThat(Rest.json(put)).hasSize(2);
        assertThat(Rest.json(put).get(0).get("id").asText()).isEqualTo(id);
        assertThat(Rest.json(rest.get(COMMANDS + "/" + id)).get("description").asText())
                .isEqualTo("e");
        assertThat(Rest.json(rest.call("PATCH", COMMANDS + "/" + id, "{\"description\":\"f\"}"))
                        .get("description")
                        .asText())
                .isEqualTo("f");
        assertThat(rest.call("DELETE", COMMANDS + "/" + id, null).statusCode()).isEqualTo(204);
        assertThat(Rest.json(rest.get(COMMANDS))).hasSize(1);
        assertThat(rest.get(COMMANDS + "/" + id).statusCode()).isEqualTo(404);
        assertThat(Rest.json(rest.get(COMMANDS.replace("/commands", "/guilds/7/commands"))))
                .isEmpty();
        assertThat(rest.call("PUT", COMMANDS, "not json").statusCode()).isEqualTo(400);
    }
}
