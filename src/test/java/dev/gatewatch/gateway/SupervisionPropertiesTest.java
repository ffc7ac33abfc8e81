package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.connection.Phase;
import dev.gatewatch.connection.Recovery;
import dev.gatewatch.connection.ShardSnapshot;
import dev.gatewatch.connection.Snapshot;
import dev.gatewatch.connection.SnapshotReducer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Days of random failures in virtual time; what must never happen never does. The seed of a failing run is in its message. */
class SupervisionPropertiesTest {

    private static final int SHARDS = 3;
    private static final int RESERVE = 50;
    private static final Duration SPAN = Duration.ofDays(Long.getLong("gatewatch.days", 14));
    private static final Duration STEP = Duration.ofSeconds(10);

    /** READY's deadline after four doublings, and a little for the rounding to steps. */
    private static final Duration LONGEST_DEADLINE = Duration.ofMinutes(16).plus(STEP.multipliedBy(2));

    private final long seed = Long.getLong("gatewatch.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final ConnectionEvents hub = new ConnectionEvents();
    private final UnreliableDiscord discord = new UnreliableDiscord(time, random);
    private final FakeDirectory directory = new FakeDirectory();
    private final IdentifyLedger ledger =
            new IdentifyLedger(this::now, RESERVE, IdentifyLedger.Account.NEW, spent -> {});
    private final List<Instant> identified = new ArrayList<>();
    private final Map<Integer, Integer> failedResumes = new HashMap<>();
    private final Map<Integer, Boolean> greeted = new HashMap<>();
    private final Map<Integer, ConnectionEvent.AttemptStarted> attempts = new HashMap<>();
    private final Map<Integer, Integer> attemptsSinceConnected = new HashMap<>();
    private final Map<Integer, Instant> lastFact = new HashMap<>();
    private Snapshot snapshot = Snapshot.EMPTY;

    @RepeatedTest(3)
    void holdsItsPromisesThroughDaysOfRandomFailures() {
        hub.stream().subscribe(this::observe);
        List<GatewaySupervisor> supervisors = supervisors();
        supervisors.forEach(GatewaySupervisor::start);

        for (long step = 0; step < SPAN.dividedBy(STEP); step++) {
            time.advanceTimeBy(STEP);
            snapshot.list().forEach(this::isHeldToADeadline);
        }

        assertThat(supervisors).as("seed %d: no supervision has died", seed).noneMatch(GatewaySupervisor::isDead);
        assertThat(discord.opened).as("seed %d: connections", seed).isGreaterThan(200);
        assertThat(identified).as("seed %d: IDENTIFYs", seed).isNotEmpty();
    }

    private List<GatewaySupervisor> supervisors() {
        GatewayConfig config = TestConfig.defaults();
        Supplies supplies = new Supplies(
                () -> discord,
                directory,
                new ShardCount(
                        OptionalInt.of(SHARDS),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        directory,
                        () -> true,
                        wanted -> {}),
                new IdentifyGate(() -> 1, time),
                ledger,
                (url, outage) -> Mono.never(),
                SupervisionRules.of(config, random::nextDouble),
                hub,
                time);
        List<GatewaySupervisor> supervisors = new ArrayList<>();
        for (int shard = 0; shard < SHARDS; shard++) {
            supervisors.add(new GatewaySupervisor(shard, supplies));
        }
        return supervisors;
    }

    private void observe(ConnectionEvent event) {
        snapshot = SnapshotReducer.reduce(snapshot, event);
        int shard = event.shard();
        lastFact.put(shard, event.at());
        if (event instanceof ConnectionEvent.AttemptStarted started) {
            attempts.put(shard, started);
            greeted.put(shard, false);
            countsOn(started);
            identifiesOnlyWhenItMust(started);
        } else if (event instanceof ConnectionEvent.HelloReceived) {
            greeted.put(shard, true);
        } else if (event instanceof ConnectionEvent.AttemptFailed) {
            boolean resume = attempts.get(shard).recovery() == Recovery.RESUME;
            failedResumes.merge(shard, resume && greeted.get(shard) ? 1 : 0, Integer::sum);
        } else if (event instanceof ConnectionEvent.Connected || event instanceof ConnectionEvent.Resumed) {
            failedResumes.put(shard, 0);
            attemptsSinceConnected.put(shard, 0);
        } else if (event instanceof ConnectionEvent.Identified) {
            isSpacedAndWithinBudget(event.at());
        }
    }

    /** Attempts count on by one until READY or RESUMED, and begin at 1 after it. */
    private void countsOn(ConnectionEvent.AttemptStarted started) {
        int expected = attemptsSinceConnected.merge(started.shard(), 1, Integer::sum);
        assertThat(started.attempt()).as("seed %d: %s", seed, started).isEqualTo(expected);
        assertThat(snapshot.shards().get(started.shard()).attempts()).isEqualTo(expected);
    }

    private void identifiesOnlyWhenItMust(ConnectionEvent.AttemptStarted started) {
        int shard = started.shard();
        boolean gaveUp = failedResumes.getOrDefault(shard, 0) >= 2 || started.attempt() > 10;
        if (started.recovery() == Recovery.IDENTIFY && !gaveUp) {
            assertThat(discord.wouldResume(shard))
                    .as("seed %d: %s although its session could be resumed", seed, started)
                    .isFalse();
        }
    }

    private void isSpacedAndWithinBudget(Instant at) {
        if (!identified.isEmpty()) {
            Instant before = identified.get(identified.size() - 1);
            assertThat(Duration.between(before, at))
                    .as("seed %d: spacing of IDENTIFYs", seed)
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(5));
        }
        identified.add(at);
        long today = identified.stream()
                .filter(each -> each.isAfter(at.minus(Duration.ofDays(1))))
                .count();
        assertThat(today).as("seed %d: IDENTIFYs a day", seed).isLessThanOrEqualTo(1_000 - RESERVE);
    }

    private void isHeldToADeadline(ShardSnapshot shard) {
        if (shard.phase() == Phase.CONNECTED || shard.phase() == Phase.STOPPED) {
            return;
        }
        Instant bound = shard.next() != null
                ? shard.next().due().plus(STEP)
                : lastFact.get(shard.shard()).plus(LONGEST_DEADLINE);
        assertThat(now()).as("seed %d: %s is overdue", seed, shard).isBefore(bound);
    }

    private Instant now() {
        return Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS));
    }
}
