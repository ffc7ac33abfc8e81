package dev.gatewatch.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatewatch.history.Availability.Cell;
import dev.gatewatch.history.ShardRecord.Standing;
import dev.gatewatch.history.Verdict.Blame;
import dev.gatewatch.history.Verdict.Confidence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AvailabilityCalculationTest {

    private static final Instant T0 = Events.START;
    private static final Duration BLIP = Duration.ofSeconds(10);

    @Test
    void dividesALossAmongTheStretchesItTouches() {
        Availability hours = of(3, List.of(shard(0, 0)), List.of(loss(0, 3_000, 7_260)), List.of());

        assertThat(hours.total())
                .extracting(Cell::down)
                .containsExactly(Duration.ofSeconds(600), Duration.ofHours(1), Duration.ofSeconds(60));
        assertThat(hours.incidents()).containsExactly(1, 1, 1);
        assertThat(hours.total().get(1).percent()).hasValue(0);
    }

    @Test
    void countsABlipAsDowntimeYetNotAsAnIncident() {
        Availability hours = of(1, List.of(shard(0, 0)), List.of(loss(0, 10, 13)), List.of());

        assertThat(hours.incidents()).containsExactly(0);
        assertThat(hours.total().get(0).down()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void knowsNothingOfTheTimeBeforeAShardWasWatchedNorOfTheFuture() {
        Instant now = T0.plusSeconds(2 * 3_600 + 1_800);
        Availability hours = of(edges(4), now, List.of(shard(0, 3_600)), List.of(open(0, 2 * 3_600)), List.of());

        assertThat(hours.total().get(0).percent()).isEmpty();
        assertThat(hours.total().get(1).percent()).hasValue(100);
        assertThat(hours.total().get(2)).isEqualTo(new Cell(Duration.ofMinutes(30), Duration.ofMinutes(30)));
        assertThat(hours.total().get(3).percent()).isEmpty();
    }

    @Test
    void leavesMaintenanceOut() {
        MaintenanceWindow window = new MaintenanceWindow("m", "one", at(1_800), at(3_600), "upgrade");
        Availability hours = of(1, List.of(shard(0, 0)), List.of(loss(0, 1_700, 2_000)), List.of(window));

        assertThat(hours.total()).containsExactly(new Cell(Duration.ofMinutes(30), Duration.ofSeconds(100)));
        assertThat(hours.maintenance()).containsExactly(window);
    }

    @Test
    void tellsShardsApartAndWeighsThemTogether() {
        Availability hours = of(1, List.of(shard(0, 0), shard(3, 0)), List.of(loss(3, 0, 1_800)), List.of());

        assertThat(hours.shards()).containsOnlyKeys(0, 3);
        assertThat(hours.shards().get(0).get(0).percent()).hasValue(100);
        assertThat(hours.shards().get(3).get(0).percent()).hasValue(50);
        assertThat(hours.total().get(0).percent()).hasValue(75);
    }

    @Test
    void showsNoRowForAShardThatWasNotWatchedInThatTime() {
        ShardRecord gone = new ShardRecord("one", 1, Standing.UP, at(-90_000), at(-80_000), null);

        assertThat(of(2, List.of(shard(0, 0), gone), List.of(), List.of()).shards())
                .containsOnlyKeys(0);
    }

    @Test
    void countsTheAbsenceOfAShardThatIsBackAsNotWatched() {
        ShardRecord back = shard(0, 0).absent(List.of(new Span(at(1_800), at(9_000))));

        assertThat(of(3, List.of(back), List.of(loss(0, 1_790, 1_800)), List.of())
                        .total())
                .containsExactly(
                        new Cell(Duration.ofMinutes(30), Duration.ofSeconds(10)),
                        Cell.UNWATCHED,
                        new Cell(Duration.ofMinutes(30), Duration.ZERO));
    }

    @Test
    void agreesWithTheUptimeReportWhateverHappened() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Incident> losses = new ArrayList<>();
        for (int from = 0; from < 86_000; from += 1 + random.nextInt(9_000)) {
            int to = from + random.nextInt(2_000);
            losses.add(loss(0, from, Math.min(to, 86_400)));
            from = to;
        }
        List<MaintenanceWindow> windows =
                List.of(new MaintenanceWindow("m", "one", at(random.nextInt(40_000)), at(50_000), "x"));
        Instant now = T0.plus(Duration.ofDays(1));

        UptimeCalculation uptime =
                new UptimeCalculation("24h", Duration.ofDays(1), now, BLIP, List.of(shard(0, 0)), windows);
        losses.forEach(uptime::count);
        UptimeReport report = uptime.report();
        Availability hours = of(edges(24), now, List.of(shard(0, 0)), losses, windows);

        Cell all = hours.total().stream().reduce(Cell.UNWATCHED, Cell::plus);
        assertThat(all.watched()).as("seed %d", seed).isEqualTo(report.total().observed());
        assertThat(all.down()).as("seed %d", seed).isEqualTo(report.total().down());
        assertThat(all.percent().orElseThrow())
                .isCloseTo(report.total().percent().orElseThrow(), within(1e-9));
    }

    private static Availability of(
            int hours, List<ShardRecord> shards, List<Incident> losses, List<MaintenanceWindow> windows) {
        return of(edges(hours), at(3_600L * hours), shards, losses, windows);
    }

    private static Availability of(
            List<Instant> edges,
            Instant now,
            List<ShardRecord> shards,
            List<Incident> losses,
            List<MaintenanceWindow> windows) {
        AvailabilityCalculation calculation = new AvailabilityCalculation(edges, now, BLIP, shards, windows);
        losses.forEach(calculation::count);
        return calculation.availability();
    }

    private static List<Instant> edges(int hours) {
        List<Instant> edges = new ArrayList<>();
        for (int hour = 0; hour <= hours; hour++) {
            edges.add(T0.plus(Duration.ofHours(hour)));
        }
        return edges;
    }

    private static ShardRecord shard(int index, long firstSeen) {
        return new ShardRecord("one", index, Standing.UP, at(firstSeen), at(1_000_000), null);
    }

    private static Incident open(int shard, long from) {
        return incident(shard, at(from), null);
    }

    private static Incident loss(int shard, long from, long to) {
        return incident(shard, at(from), at(to));
    }

    private static Incident incident(int shard, Instant start, Instant end) {
        Verdict verdict = new Verdict(Blame.NETWORK, Confidence.HIGH, List.of());
        return new Incident(
                "i" + shard + start,
                "one",
                shard,
                start,
                end,
                "CONNECT",
                "x",
                FailureCounts.NONE,
                1,
                null,
                null,
                verdict);
    }

    private static Instant at(long second) {
        return T0.plusSeconds(second);
    }
}
