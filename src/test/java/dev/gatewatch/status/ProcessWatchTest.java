package dev.gatewatch.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.gateway.ConnectionEvents;
import io.quarkus.runtime.StartupEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a machine's clocks, and what is told of it. */
class ProcessWatchTest {

    private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");

    private final ConnectionEvents events = new ConnectionEvents();
    private final StatusBoard board = new StatusBoard(events);
    private final FakeClocks clocks = new FakeClocks();
    private final ProcessWatch watch = new ProcessWatch(board, events, clocks);
    private final List<ConnectionEvent> told = new ArrayList<>();

    @BeforeEach
    void begin() {
        events.publish(new ConnectionEvent.Started(0, START));
        events.publish(new ConnectionEvent.Started(1, START));
        events.stream().subscribe(told::add);
        watch.look();
        tick();
    }

    @Test
    void tellsNothingWhileTimePasses() {
        for (int i = 0; i < 100; i++) {
            tick();
        }

        assertThat(told).isEmpty();
    }

    @Test
    void tellsOfEachShardThatTheProcessWasFrozen() {
        Instant ran = clocks.wall;
        clocks.pass(Duration.ofSeconds(150)); // SIGSTOP: every clock goes on
        tick();

        assertThat(told)
                .extracting(ConnectionEvent::shard, ConnectionEvent::at)
                .containsExactly(tuple(0, ran.plusSeconds(151)), tuple(1, ran.plusSeconds(151)));
        assertThat(told).allSatisfy(fact -> assertThat(((ConnectionEvent.ProcessPaused) fact).from())
                .isEqualTo(ran));
    }

    @Test
    void takesASuspendedMachineForAPauseThoughTheMonotonicClockStoodStill() {
        clocks.suspend(Duration.ofHours(8));
        tick();

        assertThat(told).hasSize(2).allSatisfy(fact -> assertThat(((ConnectionEvent.ProcessPaused) fact).pause())
                .isEqualTo(Duration.ofHours(8).plusSeconds(1)));
    }

    @Test
    void takesAWallClockThatWentFurtherForASuspendedMachineWhereNothingTellsTheTimeSinceBoot() {
        clocks.boot = false;
        tick();
        clocks.suspend(Duration.ofHours(8));
        tick();

        assertThat(told).hasSize(2).hasOnlyElementsOfType(ConnectionEvent.ProcessPaused.class);
    }

    @Test
    void takesAWallClockThatWentFurtherByYearsForAClockThatWasSetWhereNothingTellsTheTimeSinceBoot() {
        clocks.boot = false;
        tick();
        clocks.set(Duration.ofDays(9_000));
        tick();

        assertThat(told).hasSize(2).hasOnlyElementsOfType(ConnectionEvent.ClockSet.class);
    }

    @Test
    void callsTheTimeBetweenTwoLooksOfTheMonitorNoPause() {
        for (int i = 0; i < 3; i++) {
            clocks.pass(Duration.ofMinutes(5)); // its own ticks do not come
            watch.lookAtTheClock();
        }

        assertThat(told).isEmpty();
    }

    @Test
    void tellsTheMonitorOfAClockThatWasSetAndOfThePauseAtItsOwnTick() {
        clocks.pass(Duration.ofSeconds(60));
        clocks.set(Duration.ofHours(1));
        watch.lookAtTheClock();

        assertThat(told).hasSize(2).hasOnlyElementsOfType(ConnectionEvent.ClockSet.class);

        tick();
        assertThat(told.subList(2, told.size())).hasSize(2).allSatisfy(fact -> assertThat(
                        ((ConnectionEvent.ProcessPaused) fact).pause())
                .hasSeconds(61));
    }

    @Test
    void looksAgainAfterALookThatFailed() throws InterruptedException {
        CountDownLatch looks = new CountDownLatch(2);
        Clocks broken = new Clocks() {
            @Override
            public Instant wall() {
                looks.countDown();
                throw new IllegalStateException("a clock that cannot be read");
            }

            @Override
            public Duration running() {
                return Duration.ZERO;
            }

            @Override
            public Optional<Duration> sinceBoot() {
                return Optional.empty();
            }
        };
        ProcessWatch failing = new ProcessWatch(board, events, broken);
        failing.start(new StartupEvent());

        assertThat(looks.await(60, TimeUnit.SECONDS)).isTrue();
        failing.stop();
    }

    @Test
    void tellsThatTheClockWasSet() {
        clocks.set(Duration.ofHours(9));
        tick();
        clocks.set(Duration.ofHours(-9));
        tick();

        assertThat(told)
                .containsExactly(
                        new ConnectionEvent.ClockSet(0, clocks.wall.plusSeconds(32_399), Duration.ofHours(9)),
                        new ConnectionEvent.ClockSet(1, clocks.wall.plusSeconds(32_399), Duration.ofHours(9)),
                        new ConnectionEvent.ClockSet(0, clocks.wall, Duration.ofHours(-9)),
                        new ConnectionEvent.ClockSet(1, clocks.wall, Duration.ofHours(-9)));
    }

    @Test
    void tellsAClockThatIsCorrectedAfterASuspendFirst() {
        clocks.suspend(Duration.ofHours(8));
        clocks.set(Duration.ofSeconds(-3));
        tick();

        assertThat(told)
                .hasExactlyElementsOfTypes(
                        ConnectionEvent.ClockSet.class,
                        ConnectionEvent.ClockSet.class,
                        ConnectionEvent.ProcessPaused.class,
                        ConnectionEvent.ProcessPaused.class);
    }

    @Test
    void takesSmallCorrectionsAndShortStallsForNothing() {
        clocks.set(Duration.ofMillis(900));
        tick();
        clocks.pass(Duration.ofMillis(4_900));
        tick();

        assertThat(told).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void readsTheMachinesOwnClocks() throws Exception {
        Clocks machine = new MachineClocks();
        Duration before = machine.sinceBoot().orElseThrow();
        Duration ran = machine.running();

        assertThat(machine.running()).isGreaterThanOrEqualTo(ran);
        assertThat(machine.sinceBoot().orElseThrow())
                .isGreaterThanOrEqualTo(before)
                .isPositive();
        assertThat(machine.wall()).isAfter(Instant.parse("2000-01-01T00:00:00Z"));
        assertThat(before).isLessThanOrEqualTo(Duration.ofMillis((long) (1_000
                * Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ", 2)[0]))));
    }

    @Test
    void doesWithoutATimeSinceBootWhereThereIsNone(@TempDir Path folder) throws Exception {
        Path odd = Files.writeString(folder.resolve("uptime"), "odd");

        assertThat(new MachineClocks(folder.resolve("none")).sinceBoot()).isEmpty();
        assertThat(new MachineClocks(odd).sinceBoot()).isEmpty();
        assertThat(new MachineClocks(Files.writeString(odd, "12345.67 999.1\n")).sinceBoot())
                .contains(Duration.ofMillis(12_345_670));
    }

    private void tick() {
        clocks.pass(Duration.ofSeconds(1));
        watch.look();
    }

    /** Clocks to which everything happens that happens to a machine's. */
    private static final class FakeClocks implements Clocks {

        private Instant wall = START;
        private Duration running = Duration.ZERO;
        private Duration sinceBoot = Duration.ofDays(3);
        private boolean boot = true;

        void pass(Duration time) {
            running = running.plus(time);
            suspend(time);
        }

        void suspend(Duration time) {
            wall = wall.plus(time);
            sinceBoot = sinceBoot.plus(time);
        }

        void set(Duration by) {
            wall = wall.plus(by);
        }

        @Override
        public Instant wall() {
            return wall;
        }

        @Override
        public Duration running() {
            return running;
        }

        @Override
        public Optional<Duration> sinceBoot() {
            return boot ? Optional.of(sinceBoot) : Optional.empty();
        }
    }
}
