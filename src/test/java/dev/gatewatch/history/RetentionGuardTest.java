package dev.gatewatch.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.SetClock;
import dev.gatewatch.connection.ConnectionEvent;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Retention, while a clock reads ahead: to that clock, the whole history is too old. */
class RetentionGuardTest {

    private static final Instant BEGIN = Instant.parse("2026-01-05T00:00:00Z");
    private static final Instant END = BEGIN.plus(Duration.ofDays(10));

    private final SetClock time = new SetClock();
    private final Retention retention = new Retention(RetentionTest.config(Map.of()), time);

    @TempDir
    Path directory;

    private Database database;
    private HistoryStore store;

    @BeforeEach
    void fill() {
        database = new SqliteDatabase(directory.resolve("gatewatch.db"), "one", Clock.systemUTC());
        store = database.open();
        new YearOfHistory("one", BEGIN, 10).fill(store, () -> {});
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void deletesNothingByAClockThatReadsYearsAhead() {
        Instant ahead = END.plus(Duration.ofDays(1_000));
        store.write(Events.of("one").started(0).list());

        assertThat(retention.prune(store, ahead)).isZero();
        assertThat(store.samples(Step.DAY, BEGIN, END, 100)).hasSize(10);
    }

    @Test
    void goesOnOnceTheHistoryIsADayOldByThisClock() {
        Instant begin = END.plus(Duration.ofDays(100));
        new YearOfHistory("one", begin, 1).fill(store, () -> {});

        assertThat(retention.prune(store, begin.plus(Duration.ofHours(12)))).isZero();
        assertThat(retention.prune(store, begin.plus(Duration.ofHours(25)))).isPositive();
    }

    @Test
    void deletesNothingForADayAfterTheClockWasSetForwardByMoreThanAnHour() {
        retention.note(new ConnectionEvent.ClockSet(0, END, Duration.ofHours(2)));

        assertThat(retention.prune(store, END)).isZero();

        time.pass(Duration.ofHours(25));
        assertThat(retention.prune(store, END)).isPositive();
    }

    @Test
    void deletesAsEverWhenTheClockWasSetBackOrByAMoment() {
        retention.note(new ConnectionEvent.ClockSet(0, END, Duration.ofMinutes(59)));
        retention.note(new ConnectionEvent.ClockSet(0, END, Duration.ofHours(-2)));

        assertThat(retention.prune(store, END)).isPositive();
    }
}
