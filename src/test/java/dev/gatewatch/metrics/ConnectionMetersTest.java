package dev.gatewatch.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.connection.Endpoint;
import dev.gatewatch.connection.Failure;
import dev.gatewatch.connection.IdentifyBudget;
import dev.gatewatch.connection.Recovery;
import dev.gatewatch.gateway.ConnectionEvents;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What facts become numbers, and what is not known yet; the facts are told by the test, each to a shard of its own. */
@QuarkusTest
@TestProfile(ConnectionMetersTest.WithoutToken.class)
class ConnectionMetersTest {

    private static final String DISCONNECTS = "gatewatch_disconnects_total";
    private static final String RECOVERIES = "gatewatch_recovery_duration_seconds_count";
    private static final String EXHAUSTION = "gatewatch_identify_budget_exhaustion_seconds";

    @Inject
    ConnectionEvents events;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @Test
    void saysNothingOfWhatIsNotKnown() {
        events.publish(new ConnectionEvent.Started(10, now));

        Scrape scrape = Scrape.now();

        assertThat(scrape.value("gatewatch_shard_state", "shard", "10", "state", "starting"))
                .isEqualTo(1);
        assertThat(scrape.value("gatewatch_last_ack_timestamp_seconds", "shard", "10"))
                .isNaN();
        assertThat(scrape.value("gatewatch_guilds", "shard", "10")).isNaN();
        assertThat(scrape.samples("gatewatch_history_up"))
                .as("no history is kept")
                .isEmpty();
        assertThat(scrape.value(DISCONNECTS, "shard", "10", "code", "4000"))
                .as("nothing was lost, and a rate can begin")
                .isZero();
    }

    @Test
    void measuresARecoveryFromTheLossToItsEnd() {
        events.publish(new ConnectionEvent.Connected(11, now, 1));
        events.publish(new ConnectionEvent.Disconnected(11, now.plusSeconds(1), Failure.closed(4009, "")));
        events.publish(new ConnectionEvent.AttemptFailed(
                11, now.plusSeconds(3), 1, Failure.of(Failure.Kind.CONNECT, "refused")));
        events.publish(new ConnectionEvent.Connected(11, now.plusSeconds(8), 2));

        Scrape scrape = Scrape.now();

        assertThat(scrape.value(RECOVERIES, "shard", "11", "recovery", "identify"))
                .isEqualTo(1);
        assertThat(scrape.value("gatewatch_recovery_duration_seconds_sum", "shard", "11"))
                .isEqualTo(7);
        assertThat(scrape.value(
                        "gatewatch_recovery_duration_seconds_bucket",
                        "shard",
                        "11",
                        "recovery",
                        "identify",
                        "le",
                        "5.0"))
                .isZero();
        assertThat(scrape.value(
                        "gatewatch_recovery_duration_seconds_bucket",
                        "shard",
                        "11",
                        "recovery",
                        "identify",
                        "le",
                        "10.0"))
                .isEqualTo(1);
        assertThat(scrape.value(
                        "gatewatch_attempt_failures_total",
                        "shard",
                        "11",
                        "cause",
                        "connect",
                        "code",
                        "none",
                        "closed_by",
                        "network"))
                .isEqualTo(1);
    }

    @Test
    void theFirstConnectionAndOneAfterAStopAreNoRecoveries() {
        Failure stop = Failure.of(Failure.Kind.OPERATOR, "stopped");
        events.publish(new ConnectionEvent.Started(12, now));
        events.publish(new ConnectionEvent.Connected(12, now, 1));
        events.publish(new ConnectionEvent.Disconnected(12, now, stop));
        events.publish(new ConnectionEvent.Stopped(12, now, stop, "start it"));
        events.publish(new ConnectionEvent.Started(12, now.plusSeconds(3_600)));
        events.publish(new ConnectionEvent.Resumed(12, now.plusSeconds(3_601), 1, 4));

        Scrape scrape = Scrape.now();

        assertThat(scrape.value(RECOVERIES, "shard", "12")).isZero();
        assertThat(scrape.value("gatewatch_events_replayed_total", "shard", "12"))
                .isEqualTo(4);
        assertThat(scrape.value(DISCONNECTS, "shard", "12", "cause", "operator", "closed_by", "gatewatch"))
                .isEqualTo(1);
    }

    @Test
    void aCodeThatNobodyListsIsOther() {
        for (int code = 4_900; code < 4_999; code++) {
            events.publish(new ConnectionEvent.Disconnected(13, now, Failure.closed(code, "")));
        }
        events.publish(new ConnectionEvent.AttemptFailed(13, now, 1, Failure.http(418, "teapot", null)));
        events.publish(new ConnectionEvent.AttemptFailed(13, now, 2, Failure.http(503, "away", null)));

        Scrape scrape = Scrape.now();

        assertThat(scrape.value(DISCONNECTS, "shard", "13", "code", "other")).isEqualTo(99);
        assertThat(scrape.value("gatewatch_attempt_failures_total", "shard", "13", "code", "other"))
                .isEqualTo(1);
        assertThat(scrape.value("gatewatch_attempt_failures_total", "shard", "13", "code", "503"))
                .isEqualTo(1);
    }

    @Test
    void measuresHowLongADeadConnectionWentUnnoticed() {
        Failure dead = Failure.zombie(Duration.ofMillis(11_500), "silent");
        events.publish(new ConnectionEvent.Disconnected(14, now, dead));

        Scrape scrape = Scrape.now();

        assertThat(scrape.value("gatewatch_zombie_detection_seconds_sum", "shard", "14"))
                .isEqualTo(11.5);
        assertThat(scrape.value("gatewatch_zombie_detection_seconds_bucket", "shard", "14", "le", "10.0"))
                .isZero();
        assertThat(scrape.value("gatewatch_zombie_detection_seconds_bucket", "shard", "14", "le", "12.5"))
                .isEqualTo(1);
    }

    @Test
    void countsAttemptsAndExhaustions() {
        events.publish(new ConnectionEvent.AttemptStarted(15, now, 1, Recovery.RESUME, Endpoint.RESUME_URL));
        events.publish(new ConnectionEvent.AttemptStarted(15, now, 2, Recovery.IDENTIFY, Endpoint.GATEWAY_URL));
        events.publish(new ConnectionEvent.Exhausted(15, now, 10));

        Scrape scrape = Scrape.now();

        assertThat(scrape.value("gatewatch_connection_attempts_total", "shard", "15", "recovery", "resume"))
                .isEqualTo(1);
        assertThat(scrape.value("gatewatch_connection_attempts_total", "shard", "15", "recovery", "identify"))
                .isEqualTo(1);
        assertThat(scrape.value("gatewatch_exhaustions_total", "shard", "15")).isEqualTo(1);
    }

    @Test
    void forecastsOnlyWhatWillHappen() {
        budget(1_000, List.of());
        assertThat(Scrape.now().value(EXHAUSTION)).as("nothing spent").isNaN();

        budget(250, Collections.nCopies(100, now.minusSeconds(60)));
        assertThat(Scrape.now().value(EXHAUSTION)).as("200 at 100 an hour").isEqualTo(7_200);

        budget(50, List.of());
        assertThat(Scrape.now().value(EXHAUSTION)).as("at the reserve").isZero();
    }

    private void budget(int remaining, List<Instant> spent) {
        Instant reset = now.plus(Duration.ofHours(20));
        events.publish(
                new ConnectionEvent.BudgetCounted(0, now, new IdentifyBudget(1_000, remaining, reset, 50, spent)));
        assertThat(Scrape.now().value("gatewatch_identify_budget_remaining")).isEqualTo(remaining);
        assertThat(Scrape.now().value("gatewatch_identify_budget_reset_timestamp_seconds"))
                .isEqualTo(reset.toEpochMilli() / 1_000.0);
    }

    /** An application of its own, in which nothing has happened yet. */
    public static class WithoutToken implements QuarkusTestProfile {}
}
