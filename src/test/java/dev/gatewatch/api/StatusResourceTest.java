package dev.gatewatch.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.connection.Endpoint;
import dev.gatewatch.connection.Failure;
import dev.gatewatch.connection.Plan;
import dev.gatewatch.connection.Recovery;
import dev.gatewatch.gateway.ConnectionEvents;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The exact shape of the seed's two endpoints in every state; the facts are told by the test, the rest is real. */
@QuarkusTest
class StatusResourceTest {

    private static final String UTC_MICROS = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?Z";
    private static final Failure LOST = Failure.closed(4000, "");

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Inject
    ConnectionEvents events;

    @Inject
    StatusAnswers answers;

    @Inject
    CurrentStatus current;

    @Inject
    ObjectMapper mapper;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @BeforeEach
    void start() {
        events.publish(new ConnectionEvent.Started(0, now));
    }

    @Test
    void healthAndStatusWhileStarting() {
        health(200).body("status", equalTo("degraded")).body("discord_bot.status", equalTo("starting"));
        status().body("status", equalTo("starting")).body("latency", nullValue());
    }

    @Test
    void healthAndStatusWhileConnected() {
        events.publish(new ConnectionEvent.Connected(0, now.minusSeconds(3_600), 1));
        events.publish(new ConnectionEvent.GuildsCounted(0, now, 5, 1_250));
        events.publish(new ConnectionEvent.HeartbeatAcknowledged(0, now, Duration.ofNanos(45_200_000)));

        health(200)
                .body("status", equalTo("healthy"))
                .body("discord_bot.status", equalTo("connected"))
                .body("discord_bot.info.connection_attempts", equalTo(0))
                .body("discord_bot.info.last_connection", matchesPattern(UTC_MICROS));
        status().body("status", equalTo("connected"))
                .body("guilds", equalTo(5))
                .body("users", equalTo(1_250))
                .body("latency", equalTo(45.2f))
                .body("connection_attempts", equalTo(0))
                .body("last_connection", matchesPattern(UTC_MICROS));
        assertThat(status().extract().jsonPath().getLong("uptime_seconds")).isBetween(3_600L, 3_660L);
    }

    @Test
    void healthAndStatusWhileReconnecting() {
        events.publish(new ConnectionEvent.Connected(0, now, 1));
        events.publish(new ConnectionEvent.Disconnected(0, now, LOST));
        events.publish(new ConnectionEvent.PlanMade(
                0, now, 3, new Plan(Recovery.IDENTIFY, Endpoint.GATEWAY_URL, Duration.ofSeconds(60), "lost")));

        health(200)
                .body("status", equalTo("degraded"))
                .body("discord_bot.status", equalTo("reconnecting"))
                .body("discord_bot.info.connection_attempts", equalTo(3))
                .body("discord_bot.info.uptime_seconds", equalTo(0));
        status().body("status", equalTo("reconnecting"))
                .body("shards[0].phase", equalTo("reconnecting"))
                .body("shards[0].attempts", equalTo(3))
                .body("shards[0].next_attempt.recovery", equalTo("identify"))
                .body("shards[0].last_disconnect.code", equalTo(4000))
                .body("shards[0].last_disconnect.name", equalTo("Unknown error"))
                .body("shards[0].last_disconnect.reason", equalTo("Closed with 4000 (Unknown error)"))
                .body("shards[0].last_disconnect.closed_by", equalTo("discord"))
                .body("shards[0].last_disconnect.time", matchesPattern(UTC_MICROS));
    }

    @Test
    void healthAndStatusWhileStopped() {
        events.publish(new ConnectionEvent.ErrorOccurred(0, now, "CLOSED", "Closed with 4004"));
        events.publish(new ConnectionEvent.Stopped(0, now, Failure.closed(4004, ""), "reset the token"));

        health(503).body("status", equalTo("unhealthy")).body("discord_bot.status", equalTo("stopped"));
        status().body("status", equalTo("stopped"))
                .body("last_error.kind", equalTo("closed"))
                .body("shards[0].stopped.remedy", equalTo("reset the token"));
        assertThat(status().extract().jsonPath().getInt("recent_errors")).isPositive();
    }

    @Test
    void anUnknownPathIsAJsonError() {
        given().accept("application/json")
                .get("/no-such-path")
                .then()
                .statusCode(404)
                .contentType("application/json")
                .body(
                        "message",
                        equalTo("There is nothing at /no-such-path. Try /health, /discord-status or /q/health."));
    }

    @Test
    void aWrongMethodIsAJsonError() {
        given().post("/health").then().statusCode(405).contentType("application/json");
    }

    /** A guard of cost: what is sent is not written for each who asks. Medians, since now and then it is written anew. */
    @Test
    void anAnswerTakesAFifthOfTheMemoryThatWritingItTakesAtMost() throws JsonProcessingException {
        long[] sent = new long[1_001];
        long[] written = new long[sent.length];
        for (int i = 0; i < sent.length; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            answers.status().get();
            long between = THREADS.getCurrentThreadAllocatedBytes();
            mapper.writeValueAsBytes(current.view());
            sent[i] = between - before;
            written[i] = THREADS.getCurrentThreadAllocatedBytes() - between;
        }

        assertThat(median(sent))
                .as("bytes, where writing takes %d", median(written))
                .isLessThan(median(written) / 5);
    }

    private static long median(long... values) {
        return Arrays.stream(values)
                .sorted()
                .skip(values.length / 2)
                .findFirst()
                .orElseThrow();
    }

    private static ValidatableResponse health(int code) {
        ValidatableResponse response =
                given().get("/health").then().statusCode(code).contentType("application/json");
        Map<String, Object> body = response.extract().jsonPath().getMap("");
        assertThat(body.keySet()).isEqualTo(Set.of("status", "timestamp", "database", "discord_bot", "version"));
        assertThat(response.extract().jsonPath().getMap("discord_bot.info").keySet())
                .isEqualTo(Set.of("connection_attempts", "uptime_seconds", "recent_errors", "last_connection"));
        return response.body("timestamp", matchesPattern(UTC_MICROS)).body("database", equalTo("disabled"));
    }

    private static ValidatableResponse status() {
        ValidatableResponse response =
                given().get("/discord-status").then().statusCode(200).contentType("application/json");
        Map<String, Object> body = response.extract().jsonPath().getMap("");
        assertThat(body.keySet())
                .contains(
                        "status",
                        "connection_attempts",
                        "uptime_seconds",
                        "recent_errors",
                        "last_connection",
                        "guilds",
                        "users",
                        "latency",
                        "timestamp",
                        "shards",
                        "last_error");
        return response.body("timestamp", matchesPattern(UTC_MICROS));
    }
}
