package dev.gatewatch.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.connection.Failure;
import dev.gatewatch.connection.Phase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each real database holds after a clock that was wrong, within one process or across a restart. */
class WrongClockTest {

    private static final Failure RESET = Failure.of(Failure.Kind.CONNECTION_LOST, "reset by peer");
    private static final Failure SHUTDOWN = Failure.of(Failure.Kind.SHUTDOWN, "bye");
    private static final double DAY = 86_400;
    private static final double YEARS = 14 * 365 * DAY;

    @TempDir
    Path directory;

    private Database database;
    private HistoryStore store;
    private Events process = Events.of("one");

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void countsEveryLaterCrashAlthoughTheProcessBeforeStoredTimesInTheFuture(Dialect dialect) {
        open(dialect);
        tell(newProcess().started(YEARS).connected(YEARS).disconnected(YEARS + 10, RESET));
        tell(process.resumed(YEARS + 20));
        pulse(YEARS + 1_000);

        tell(newProcess().started(0).connected(5));
        pulse(100);
        tell(newProcess().started(400).connected(401));
        pulse(500);

        assertThat(losses(500)).extracting(WrongClockTest::span).containsExactly(span(0, 5), span(100, 401));
        assertThat(uptime(500).total().observed()).hasSeconds(500);
        assertThat(uptime(500).total().down()).hasSeconds(5 + 301);
        assertThat(watched(500)).containsExactly(span(0, 500));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void leavesTheRowsInTheFutureAsTheyAre(Dialect dialect) {
        open(dialect);
        tell(newProcess().started(YEARS).connected(YEARS).disconnected(YEARS + 10, RESET));
        tell(process.resumed(YEARS + 20));
        List<Incident> before = losses(YEARS + 100);

        tell(newProcess().started(0).connected(0).paused(500, 100).disconnected(510, RESET));
        tell(process.resumed(520));

        assertThat(losses(YEARS + 100)).containsAll(before);
        assertThat(losses(1_000)).extracting(WrongClockTest::span).containsExactly(span(0, 0), span(400, 520));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void endsAnIncidentOfTheFutureWhereItWasLastSeenAndBeginsItAgainNow(Dialect dialect) {
        open(dialect);
        tell(newProcess().started(YEARS).connected(YEARS).disconnected(YEARS + 10, SHUTDOWN));
        pulse(YEARS + 15);

        tell(newProcess().started(0).connected(5));

        assertThat(losses(YEARS + 100))
                .extracting(WrongClockTest::span)
                .containsExactly(span(0, 5), span(YEARS + 10, YEARS + 15));
        assertThat(losses(YEARS + 100)).extracting(Incident::cause).containsOnly("SHUTDOWN");
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void countsTheTimeUntilTheStartWhenAClockThatWasBehindIsSetForward(Dialect dialect) {
        open(dialect);
        tell(newProcess().started(0).connected(0).disconnected(20_000, RESET));
        tell(process.resumed(20_010));
        pulse(40_000);

        tell(newProcess().started(10_000).connected(10_010).disconnected(10_050, RESET));
        tell(process.resumed(10_060)); // the clock is 9 h behind
        pulse(10_100);
        tell(process.clockSet(42_500, 32_400));
        pulse(43_000);

        assertThat(losses(43_000))
                .extracting(WrongClockTest::span)
                .containsExactly(span(20_000, 20_010), span(40_000, 42_410), span(42_450, 42_460));
        assertThat(losses(43_000)).element(1).satisfies(gap -> {
            assertThat(gap.cause()).isEqualTo(Incident.PROCESS_DOWN);
            assertThat(gap.message()).endsWith("was started again at " + Events.second(42_400));
        });
        assertThat(watched(43_000)).containsExactly(span(0, 43_000));
        assertThat(uptime(43_000).total().down()).hasSeconds(10 + 2_410 + 10);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void countsItLikewiseWhenTheClockIsSetBeforeItIsConnectedAndAfterASecondStart(Dialect dialect) {
        open(dialect);
        tell(newProcess().started(5_000).connected(5_000));
        pulse(40_000);
        tell(newProcess().started(100).connected(110)); // before the whole history
        pulse(200);

        tell(newProcess().started(300));
        tell(process.clockSet(42_500, 42_000));
        tell(process.connected(42_510));
        pulse(43_000);

        assertThat(losses(43_000)).last().satisfies(gap -> assertThat(span(gap)).isEqualTo(span(40_000, 42_510)));
        assertThat(watched(43_000)).last().isEqualTo(span(5_000, 43_000));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void goesOnWithAShutdownWhenAClockThatWasBehindIsSetForward(Dialect dialect) {
        open(dialect);
        tell(newProcess().started(0).connected(0).disconnected(40_000, SHUTDOWN));

        tell(newProcess().started(10_000).connected(10_010));
        tell(process.clockSet(42_500, 32_400));
        pulse(43_000);

        assertThat(losses(43_000)).extracting(Incident::cause).containsOnly("SHUTDOWN");
        assertThat(uptime(43_000).total().down()).hasSeconds(2_410);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void doesNotTakeALaterStepForThatCorrection(Dialect dialect) {
        open(dialect);
        tell(newProcess().started(0).connected(0));
        pulse(1_000);
        tell(newProcess().started(990).connected(995)); // 20 s behind
        pulse(2_000);

        tell(process.clockSet(5_600, 3_600));
        pulse(6_000);

        assertThat(losses(6_000)).extracting(WrongClockTest::span).containsExactly(span(990, 995));
        assertThat(watched(6_000)).containsExactly(span(0, 2_000), span(5_600, 6_000));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void leavesEverythingAsItWasWhenAClockSetBackByMistakeIsSetForwardAgain(Dialect dialect) {
        open(dialect);
        tell(newProcess().started(0).connected(0).disconnected(50_000, RESET));
        tell(process.resumed(50_010));
        pulse(88_990);
        tell(newProcess().started(89_000).connected(89_005).disconnected(89_500, RESET));
        tell(process.resumed(89_510));
        pulse(90_000);
        List<Incident> before = losses(90_000);
        List<Span> watched = watched(90_000);

        tell(process.clockSet(90_000 - DAY, -DAY));
        tell(process.disconnected(90_100 - DAY, RESET).resumed(90_105 - DAY));
        pulse(90_300 - DAY);
        tell(process.clockSet(90_302, DAY + 1));
        pulse(90_400);

        assertThat(losses(90_400))
                .hasSize(before.size() + 1)
                .containsAll(before)
                .last()
                .satisfies(loss -> assertThat(span(loss)).isEqualTo(span(90_101, 90_106)));
        assertThat(watched).containsExactly(span(0, 90_000));
        assertThat(watched(90_400)).containsExactly(span(0, 90_400));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void goesOnWithWhatIsOpenWhenAClockIsSetBackByMistakeAndForwardAgain(Dialect dialect) {
        open(dialect);
        tell(newProcess().started(89_000).connected(89_005).disconnected(89_900, RESET));

        tell(process.clockSet(90_000 - DAY, -DAY));
        assertThat(losses(90_000 - DAY)).singleElement().satisfies(loss -> assertThat(
                        loss.duration(Events.second(90_000 - DAY)))
                .hasSeconds(100));
        tell(process.clockSet(90_300, DAY));
        tell(process.resumed(90_310));

        assertThat(losses(90_400)).singleElement().satisfies(loss -> assertThat(span(loss))
                .isEqualTo(span(89_900, 90_310)));
        assertThat(watched(90_400)).containsExactly(span(89_000, 90_400));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void keepsTheTimesLeftOutThroughAClockSetBackByMistake(Dialect dialect) {
        open(dialect);
        tell(newProcess().started(0).connected(0));
        pulse(100);
        tell(process.clockSet(80_000, 79_900));
        pulse(90_000);
        assertThat(watched(90_000)).containsExactly(span(0, 100), span(80_000, 90_000));

        tell(process.clockSet(90_000 - DAY, -DAY));
        tell(process.clockSet(90_300, DAY));
        pulse(90_400);

        assertThat(watched(90_400)).containsExactly(span(0, 100), span(80_000, 90_400));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void movesNothingThatAnEarlierProcessStored(Dialect dialect) {
        open(dialect);
        tell(newProcess().shard(1).started(0).connected(0).shard(0).started(0).connected(0));
        store.pulse(Set.of(0, 1), Events.second(100));
        store.write(List.of(connectedMinute(70_000)));
        tell(newProcess().shard(1).started(80_000).connected(80_000)); // left out for as long as only shard 0 was run
        tell(process.shard(1).disconnected(85_000, RESET).resumed(85_010));
        List<Incident> before = losses(90_000);
        List<Span> watched = watched(1, 85_010);
        tell(newProcess().shard(1).started(89_000));

        tell(process.shard(1).connected(89_010).clockSet(90_000 - DAY, -DAY));

        assertThat(losses(90_000)).containsAll(before);
        tell(process.shard(1).clockSet(90_300, DAY).started(90_310));
        assertThat(losses(90_310)).containsAll(before);
        assertThat(watched(1, 85_010)).isEqualTo(watched).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void doesNotTakeAnotherStepForwardForTheCorrectionOfAStepBack(Dialect dialect) {
        open(dialect);
        tell(newProcess().started(20_000).connected(20_000)); // 10,000 s ahead
        pulse(20_100);
        tell(process.clockSet(10_100, -10_000));
        pulse(11_000);

        tell(process.clockSet(31_000, 20_000));
        pulse(31_500);

        assertThat(watched(31_500)).containsExactly(span(10_000, 11_000), span(31_000, 31_500));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void doesNotTakeAStepForwardDaysLaterForTheCorrectionOfAStepBack(Dialect dialect) {
        open(dialect);
        tell(newProcess().started(20_000).connected(20_000)); // 10,000 s ahead
        tell(process.clockSet(10_000, -10_000).disconnected(11_000, RESET).resumed(11_010));
        pulse(3 * DAY);

        tell(process.clockSet(3 * DAY + 10_000, 10_000));
        pulse(3 * DAY + 10_100);

        assertThat(losses(4 * DAY)).extracting(WrongClockTest::span).containsExactly(span(11_000, 11_010));
        assertThat(watched(3 * DAY + 10_100))
                .containsExactly(span(10_000, 3 * DAY), span(3 * DAY + 10_000, 3 * DAY + 10_100));
    }

    private void open(Dialect dialect) {
        database = switch (dialect) {
            case SQLITE -> new SqliteDatabase(directory.resolve("gatewatch.db"), "one", Clock.systemUTC());
            case POSTGRESQL -> new PostgresDatabase(EmbeddedServer.newDatabase(), "one");
        };
        store = database.open();
    }

    /** The ids of one process go up whatever its clock does; those of the next may be lower. */
    private Events newProcess() {
        process = Events.of("one");
        return process;
    }

    private void tell(Events events) {
        store.write(events.take());
    }

    private void pulse(double second) {
        store.pulse(List.of(0), Events.second(second));
    }

    private List<Incident> losses(double now) {
        return store
                .incidents(
                        new IncidentQuery(null, null, null, Set.of(), Set.of(), null, 100),
                        Duration.ZERO,
                        Events.second(now))
                .items()
                .stream()
                .filter(incident -> !incident.start().isAfter(Events.second(now)))
                .sorted((one, other) -> one.start().compareTo(other.start()))
                .toList();
    }

    private List<Span> watched(double now) {
        return watched(0, now);
    }

    private List<Span> watched(int shard, double now) {
        return store.shards().stream()
                .filter(record -> record.shard() == shard)
                .flatMap(record -> record.watched(Events.second(now)).stream())
                .toList();
    }

    private UptimeReport uptime(double now) {
        Instant at = Events.second(now);
        UptimeCalculation calculation =
                new UptimeCalculation("90d", Duration.ofDays(90), at, Duration.ZERO, store.shards(), List.of());
        store.losses(at.minus(Duration.ofDays(90)), at, calculation::count);
        return calculation.report();
    }

    private static Span span(double from, double to) {
        return new Span(Events.second(from), Events.second(to));
    }

    private static Span span(Incident incident) {
        return new Span(incident.start(), incident.end());
    }

    private static Sample connectedMinute(double second) {
        Duration minute = Duration.ofMinutes(1);
        return new Sample(
                "one", 0, Step.MINUTE, Events.second(second), Phase.CONNECTED, minute, minute, null, null, 0, 5, 9);
    }
}
