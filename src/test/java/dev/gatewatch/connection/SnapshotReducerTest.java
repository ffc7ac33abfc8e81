package dev.gatewatch.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SnapshotReducerTest {

    private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");
    private static final Failure LOST = Failure.closed(4000, "");
    private static final Plan RESUME = new Plan(Recovery.RESUME, Endpoint.RESUME_URL, Duration.ZERO, "lost");
    private static final Plan IDENTIFY =
            new Plan(Recovery.IDENTIFY, Endpoint.GATEWAY_URL, Duration.ofSeconds(5), "lost");

    @Test
    void foldsEveryEventInEveryPhase() {
        for (Snapshot before : everyPhase()) {
            for (ConnectionEvent event : everyEvent(START.plusSeconds(9))) {
                Snapshot after = SnapshotReducer.reduce(before, event);

                boolean stays = !before.shards().isEmpty() && !(event instanceof ConnectionEvent.Retired);
                assertThat(after.shards())
                        .as("%s after %s", event, before.phase())
                        .hasSize(stays || event instanceof ConnectionEvent.Started ? 1 : 0);
            }
        }
    }

    @Test
    void everyKindOfEventIsAmongThoseTested() {
        assertThat(everyEvent(START).stream()
                        .map(ConnectionEvent::getClass)
                        .distinct()
                        .count())
                .isEqualTo(ConnectionEvent.class.getPermittedSubclasses().length);
    }

    @Test
    void keepsUptimeAndWaitsAsLongWhenTheClockIsSet() {
        for (Duration by : List.of(Duration.ofHours(9), Duration.ofDays(-1))) {
            Instant set = START.plusSeconds(60).plus(by);
            Snapshot moved = SnapshotReducer.reduce(
                    fold(new ConnectionEvent.Connected(0, START, 1)), new ConnectionEvent.ClockSet(0, set, by));

            assertThat(moved.uptime(set)).isEqualTo(Duration.ofMinutes(1));
        }
    }

    @Test
    void leavesWhatWasNotedByTheNewClockBeforeItWasTold() {
        Instant set = START.plus(Duration.ofDays(1));
        Snapshot connected = fold(new ConnectionEvent.Connected(0, set.minusMillis(300), 1));

        Snapshot moved = SnapshotReducer.reduce(connected, new ConnectionEvent.ClockSet(0, set, Duration.ofDays(1)));

        assertThat(moved.uptime(set)).isEqualTo(Duration.ofMillis(300));
    }

    @Test
    void leavesStoppedOnlyByAnExplicitStart() {
        Snapshot stopped = fold(new ConnectionEvent.Stopped(0, START, LOST, "remedy"));

        for (ConnectionEvent event : everyEvent(START.plusSeconds(9))) {
            Phase after = SnapshotReducer.reduce(stopped, event).phase();

            assertThat(after == Phase.STOPPED)
                    .as(event.toString())
                    .isEqualTo(!(event instanceof ConnectionEvent.Started || event instanceof ConnectionEvent.Retired));
        }
    }

    @Test
    void goesFromStartingOverConnectingToConnected() {
        Snapshot started = fold(new ConnectionEvent.Started(0, START));
        Snapshot connecting = SnapshotReducer.reduce(started, attempt(1, Recovery.IDENTIFY));
        Snapshot connected = SnapshotReducer.reduce(connecting, new ConnectionEvent.Connected(0, START, 1));

        assertThat(List.of(started.phase(), connecting.phase(), connected.phase()))
                .containsExactly(Phase.STARTING, Phase.CONNECTING, Phase.CONNECTED);
        assertThat(connecting.attempts()).isEqualTo(1);
        assertThat(connected.attempts()).isZero();
    }

    @Test
    void countsUptimeFromReadyAndAResumeContinuesIt() {
        Snapshot resumed = fold(
                new ConnectionEvent.Connected(0, START, 1),
                new ConnectionEvent.Disconnected(0, START.plusSeconds(60), LOST),
                new ConnectionEvent.PlanMade(0, START.plusSeconds(60), 1, RESUME),
                new ConnectionEvent.Resumed(0, START.plusSeconds(61), 1, 3));

        assertThat(resumed.uptime(START.plusSeconds(100))).isEqualTo(Duration.ofSeconds(100));
        assertThat(resumed.lastConnection()).contains(START.plusSeconds(61));
    }

    @Test
    void hasNoUptimeWhileNotConnected() {
        Snapshot lost = fold(
                new ConnectionEvent.Connected(0, START, 1),
                new ConnectionEvent.Disconnected(0, START.plusSeconds(60), LOST));

        assertThat(lost.phase()).isEqualTo(Phase.DISCONNECTED);
        assertThat(lost.uptime(START.plusSeconds(100))).isZero();
    }

    @Test
    void tellsWhatIsPlannedAndWhenItIsDue() {
        Snapshot waiting = fold(
                new ConnectionEvent.Connected(0, START, 1),
                new ConnectionEvent.Disconnected(0, START, LOST),
                new ConnectionEvent.PlanMade(0, START, 1, IDENTIFY));

        assertThat(waiting.phase()).isEqualTo(Phase.RECONNECTING);
        assertThat(waiting.shards().get(0).next()).isEqualTo(new ShardSnapshot.Next(IDENTIFY, START.plusSeconds(5)));
    }

    @Test
    void countsRecentErrorsWithinTheWindowOnly() {
        Snapshot erred = fold(
                new ConnectionEvent.ErrorOccurred(0, START, "ZOMBIE", "old"),
                new ConnectionEvent.ErrorOccurred(0, START.plusSeconds(3_000), "ZOMBIE", "new"));

        assertThat(erred.recentErrors(Duration.ofHours(1), START.plusSeconds(3_599)))
                .isEqualTo(2);
        assertThat(erred.recentErrors(Duration.ofHours(1), START.plusSeconds(3_601)))
                .isEqualTo(1);
        assertThat(erred.lastError().orElseThrow().message()).isEqualTo("new");
    }

    @Test
    void saysTheWorstOfAllShards() {
        Snapshot two = fold(
                new ConnectionEvent.Connected(0, START, 1),
                new ConnectionEvent.Connected(1, START.plusSeconds(50), 1),
                new ConnectionEvent.GuildsCounted(0, START, 3, 100),
                new ConnectionEvent.GuildsCounted(1, START, 2, 50),
                new ConnectionEvent.HeartbeatAcknowledged(0, START, Duration.ofMillis(40)),
                new ConnectionEvent.HeartbeatAcknowledged(1, START, Duration.ofMillis(60)));

        assertThat(two.phase()).isEqualTo(Phase.CONNECTED);
        assertThat(two.uptime(START.plusSeconds(60))).isEqualTo(Duration.ofSeconds(10));
        assertThat(two.guilds()).isEqualTo(5);
        assertThat(two.users()).isEqualTo(150);
        assertThat(two.latency()).contains(Duration.ofMillis(50));

        Snapshot one = SnapshotReducer.reduce(two, new ConnectionEvent.Disconnected(1, START, LOST));
        assertThat(one.phase()).isEqualTo(Phase.DISCONNECTED);
        assertThat(one.uptime(START.plusSeconds(60))).isZero();
    }

    @Test
    void aShardEntersOnlyWhenItIsStarted() {
        for (ConnectionEvent event : everyEvent(START)) {
            assertThat(SnapshotReducer.reduce(Snapshot.EMPTY, event).shards().keySet())
                    .as(event.toString())
                    .isEqualTo(event instanceof ConnectionEvent.Started ? Set.of(0) : Set.of());
        }
    }

    @Test
    void aBudgetIsKnownBeforeAnyShardIs() {
        IdentifyBudget budget = new IdentifyBudget(1_000, 990, START, 50, List.of());

        Snapshot counted = SnapshotReducer.reduce(Snapshot.EMPTY, new ConnectionEvent.BudgetCounted(0, START, budget));

        assertThat(counted.budget()).isEqualTo(budget);
    }

    @Test
    void aShardThatIsRetiredLeavesAndIsNotBroughtBackByALateFact() {
        Snapshot two = fold(new ConnectionEvent.Connected(0, START, 1), new ConnectionEvent.Connected(1, START, 1));

        Snapshot one = SnapshotReducer.reduce(two, new ConnectionEvent.Retired(1, START));
        Snapshot still = SnapshotReducer.reduce(one, new ConnectionEvent.GuildsCounted(1, START, 3, 100));

        assertThat(still.shards()).containsOnlyKeys(0);
        assertThat(still.phase()).isEqualTo(Phase.CONNECTED);
    }

    private static Snapshot fold(ConnectionEvent... events) {
        return Stream.concat(started(events), Stream.of(events))
                .reduce(Snapshot.EMPTY, SnapshotReducer::reduce, (a, b) -> b);
    }

    private static Stream<ConnectionEvent> started(ConnectionEvent... events) {
        return Stream.of(events)
                .map(ConnectionEvent::shard)
                .distinct()
                .map(shard -> new ConnectionEvent.Started(shard, START));
    }

    private static ConnectionEvent attempt(int number, Recovery recovery) {
        return new ConnectionEvent.AttemptStarted(0, START, number, recovery, Endpoint.GATEWAY_URL);
    }

    private static List<Snapshot> everyPhase() {
        return List.of(
                Snapshot.EMPTY,
                fold(new ConnectionEvent.Started(0, START)),
                fold(attempt(1, Recovery.IDENTIFY)),
                fold(attempt(1, Recovery.RESUME)),
                fold(attempt(2, Recovery.IDENTIFY)),
                fold(new ConnectionEvent.Connected(0, START, 1)),
                fold(new ConnectionEvent.Disconnected(0, START, LOST)),
                fold(new ConnectionEvent.Stopped(0, START, LOST, "remedy")));
    }

    private static List<ConnectionEvent> everyEvent(Instant at) {
        return List.of(
                new ConnectionEvent.Started(0, at),
                new ConnectionEvent.AttemptStarted(0, at, 1, Recovery.IDENTIFY, Endpoint.GATEWAY_URL),
                new ConnectionEvent.AttemptStarted(0, at, 2, Recovery.RESUME, Endpoint.RESUME_URL),
                new ConnectionEvent.HelloReceived(0, at, Duration.ofSeconds(41)),
                new ConnectionEvent.Identified(0, at),
                new ConnectionEvent.Connected(0, at, 1),
                new ConnectionEvent.Resumed(0, at, 1, 0),
                new ConnectionEvent.Disconnected(0, at, LOST),
                new ConnectionEvent.AttemptFailed(0, at, 1, LOST),
                new ConnectionEvent.PlanMade(0, at, 1, RESUME),
                new ConnectionEvent.PlanMade(0, at, 1, IDENTIFY),
                new ConnectionEvent.Exhausted(0, at, 10),
                new ConnectionEvent.Stopped(0, at, LOST, "remedy"),
                new ConnectionEvent.Retired(0, at),
                new ConnectionEvent.ErrorOccurred(0, at, "ZOMBIE", "silent"),
                new ConnectionEvent.HeartbeatAcknowledged(0, at, Duration.ofMillis(45)),
                new ConnectionEvent.GuildsCounted(0, at, 5, 1_250),
                new ConnectionEvent.BudgetCounted(0, at, new IdentifyBudget(1_000, 990, at, 50, List.of(at))),
                new ConnectionEvent.DisagreementFound(0, at, "no ACK"),
                new ConnectionEvent.ProcessPaused(0, at, Duration.ofSeconds(9)),
                new ConnectionEvent.ClockSet(0, at, Duration.ofHours(9)),
                new ConnectionEvent.OperatorActed(0, at, OperatorAction.RECONNECT, "127.0.0.1", "a test"));
    }
}
