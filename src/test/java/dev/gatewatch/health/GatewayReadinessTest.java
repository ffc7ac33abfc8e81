package dev.gatewatch.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.connection.Endpoint;
import dev.gatewatch.connection.Failure;
import dev.gatewatch.connection.Plan;
import dev.gatewatch.connection.Recovery;
import dev.gatewatch.connection.Snapshot;
import dev.gatewatch.connection.SnapshotReducer;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;

class GatewayReadinessTest {

    private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");
    private static final Instant LOST = START.plusSeconds(100);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Failure CLOSED = Failure.closed(4000, "");
    private static final Plan RESUME = new Plan(Recovery.RESUME, Endpoint.RESUME_URL, Duration.ZERO, "lost");

    @Test
    void isNotReadyBeforeTheFirstConnection() {
        assertThat(ready(START, new ConnectionEvent.Started(0, START))).isFalse();
        assertThat(ready(
                        START,
                        new ConnectionEvent.AttemptStarted(0, START, 1, Recovery.IDENTIFY, Endpoint.GATEWAY_URL)))
                .isFalse();
    }

    @Test
    void isReadyWhileConnected() {
        assertThat(ready(START.plusSeconds(9_999), new ConnectionEvent.Connected(0, START, 1)))
                .isTrue();
    }

    @Test
    void staysReadyForAShortBlipOnly() {
        ConnectionEvent[] lost = {
            new ConnectionEvent.Connected(0, START, 1),
            new ConnectionEvent.Disconnected(0, LOST, CLOSED),
            new ConnectionEvent.PlanMade(0, LOST, 1, RESUME)
        };

        assertThat(ready(LOST.plusMillis(9_999), lost)).isTrue();
        assertThat(ready(LOST.plusSeconds(10), lost)).isFalse();
    }

    @Test
    void isNotReadyWhenOneOfItsShardsIsStoppedAndSaysWhy() {
        Snapshot snapshot = fold(
                new ConnectionEvent.Connected(0, START, 1),
                new ConnectionEvent.Stopped(1, START, Failure.closed(4014, ""), "enable the intent"));

        HealthCheckResponse response = GatewayReadiness.response(snapshot, GRACE, START);

        assertThat(response.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(response.getData().orElseThrow())
                .containsEntry("shard_1_cause", "Closed with 4014 (Disallowed intent(s))")
                .containsEntry("shard_1_remedy", "enable the intent");
    }

    private static boolean ready(Instant now, ConnectionEvent... events) {
        return GatewayReadiness.response(fold(events), GRACE, now).getStatus() == HealthCheckResponse.Status.UP;
    }

    private static Snapshot fold(ConnectionEvent... events) {
        Stream<ConnectionEvent> started = Stream.of(events)
                .map(ConnectionEvent::shard)
                .distinct()
                .map(shard -> new ConnectionEvent.Started(shard, START));
        return Stream.concat(started, Stream.of(events)).reduce(Snapshot.EMPTY, SnapshotReducer::reduce, (a, b) -> b);
    }
}
