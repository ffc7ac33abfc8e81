package dev.gatewatch.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.SetClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Fills a year of history and prints what it costs; run on purpose: {@code ./mvnw test -Dtest=HistoryBenchmark -Dbenchmark}. */
@EnabledIfSystemProperty(named = "benchmark", matches = ".*")
@SuppressWarnings("SystemOut") // printing is what it is for
class HistoryBenchmark {

    private static final int RUNS = 200;

    private final Instant begin = Instant.parse("2025-01-01T00:00:00Z");
    private final Instant end = begin.plus(Duration.ofDays(365));

    @Test
    void aYearInSqlite() throws Exception {
        Path file = Files.createTempDirectory("benchmark").resolve("gatewatch.db");
        try (Database database = new SqliteDatabase(file, "one", Clock.systemUTC())) {
            HistoryStore store = database.open();
            System.out.println("SQLite, one shard, a year with everything kept:");
            measure(store);
            System.out.printf("  file size %.1f MB%n", Files.size(file) / 1e6);
            prune(store);
            System.out.printf("  file size with the default retention %.1f MB%n", Files.size(file) / 1e6);
            latencies(store);
        }
    }

    @Test
    void aYearInPostgres() {
        try (Database database = new PostgresDatabase(EmbeddedServer.newDatabase(), "one")) {
            HistoryStore store = database.open();
            System.out.println("PostgreSQL, one shard, a year with everything kept:");
            measure(store);
            prune(store);
        }
    }

    private void measure(HistoryStore store) {
        long start = System.nanoTime();
        new YearOfHistory("one", begin, 365).fill(store, () -> {});
        System.out.printf("  filled in %.1f s%n", (System.nanoTime() - start) / 1e9);
        latencies(store);
    }

    private void latencies(HistoryStore store) {
        Position middle = new Position(begin.plus(Duration.ofDays(180)), "");
        report("newest page of 100 events", () -> store.events(new EventQuery(null, null, null, Set.of(), null, 100)));
        report(
                "page of 100 events in mid-year",
                () -> store.events(new EventQuery(null, null, null, Set.of(), middle, 100)));
        report(
                "page of 100 events of a rare kind",
                () -> store.events(new EventQuery(null, null, null, Set.of(EventKind.ATTEMPT_FAILED), null, 100)));
        report(
                "page of 50 incidents",
                () -> store.incidents(
                        new IncidentQuery(null, null, null, Set.of(), Set.of(), null, 50),
                        Duration.ofSeconds(10),
                        end));
        report("a day of minutes", () -> store.samples(Step.MINUTE, end.minus(Duration.ofDays(1)), end, 10_000));
        report("uptime over 90 days", () -> uptime(store));
    }

    private UptimeReport uptime(HistoryStore store) {
        UptimeCalculation calculation = new UptimeCalculation(
                "90d", Duration.ofDays(90), end, Duration.ofSeconds(10), store.shards(), store.maintenance(begin, end));
        store.losses(end.minus(Duration.ofDays(90)), end, calculation::count);
        return calculation.report();
    }

    private void prune(HistoryStore store) {
        long start = System.nanoTime();
        int rows = new Retention(RetentionTest.config(Map.of()), new SetClock()).prune(store, end);
        System.out.printf("  pruned %d rows in %.1f s%n", rows, (System.nanoTime() - start) / 1e9);
    }

    private static void report(String what, Supplier<?> question) {
        long[] nanos = new long[RUNS];
        for (int i = 0; i < RUNS; i++) {
            long start = System.nanoTime();
            Object answer = question.get();
            nanos[i] = System.nanoTime() - start;
            assertThat(answer).isNotNull();
        }
        Arrays.sort(nanos);
        System.out.printf(
                "  %-36s median %5.1f ms, p99 %5.1f ms%n", what, nanos[RUNS / 2] / 1e6, nanos[RUNS * 99 / 100] / 1e6);
    }
}
