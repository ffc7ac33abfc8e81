package dev.gatewatch.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.history.ShardRecord.Standing;
import dev.gatewatch.history.UptimeReport.Figures;
import dev.gatewatch.history.Verdict.Blame;
import dev.gatewatch.history.Verdict.Confidence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UptimeCalculationTest {

    private static final Instant NOW = Events.START.plus(Duration.ofDays(100));
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void countsDowntimeBlipsIncluded() {
        UptimeReport report = report(List.of(shard(0)), List.of(loss(0, 600, 660), loss(0, 700, 703)), List.of());
        Figures total = report.total();

        assertThat(total.observed()).isEqualTo(DAY);
        assertThat(total.down()).isEqualTo(Duration.ofSeconds(63));
        assertThat(total.incidents()).isEqualTo(1);
        assertThat(total.mttr()).isEqualTo(Duration.ofSeconds(60));
        assertThat(total.longest()).isEqualTo(Duration.ofSeconds(60));
        assertThat(total.mtbf()).isEqualTo(DAY.minusSeconds(63));
        assertThat(total.percent().orElseThrow()).isBetween(99.927, 99.928);
        assertThat(report.byCause()).containsExactly(Map.entry("CONNECT", Duration.ofSeconds(63)));
        assertThat(report.byVerdict()).containsExactly(Map.entry(Blame.NETWORK, Duration.ofSeconds(63)));
    }

    @Test
    void cutsALossThatBeganBeforeTheWindowAndOneThatGoesOn() {
        Figures total = report(List.of(shard(0)), List.of(loss(0, 86_400 - 100, 86_400 + 900), open(0, 50)), List.of())
                .total();

        assertThat(total.down()).isEqualTo(Duration.ofSeconds(150));
        assertThat(total.incidents()).isEqualTo(2);
        assertThat(total.mttr()).isEqualTo(Duration.ofSeconds(1_000));
    }

    @Test
    void leavesMaintenanceOutEvenWhenWindowsOverlap() {
        UptimeReport report = report(
                List.of(shard(0)),
                List.of(loss(0, 3_000, 3_600)),
                List.of(maintenance(3_200, 3_700), maintenance(3_100, 3_300)));
        Figures total = report.total();

        assertThat(total.maintenance()).isEqualTo(Duration.ofMinutes(10));
        assertThat(total.observed()).isEqualTo(DAY.minusSeconds(600));
        assertThat(total.down()).isEqualTo(Duration.ofSeconds(100));
        assertThat(total.mttr()).isEqualTo(Duration.ofSeconds(100));
        assertThat(report.maintenance()).hasSize(2);
    }

    @Test
    void beginsWithTheHistoryWhenThatIsYoungerThanTheWindow() {
        ShardRecord young = new ShardRecord("one", 0, Standing.UP, ago(3_600), NOW, null);

        UptimeReport report = report(List.of(young), List.of(), List.of());

        assertThat(report.from()).isEqualTo(ago(3_600));
        assertThat(report.total().observed()).isEqualTo(Duration.ofHours(1));
        assertThat(report.total().percent()).hasValue(100);
    }

    @Test
    void endsTheTimeOfAShardThatIsNotRunAnyMore() {
        ShardRecord retired = new ShardRecord("one", 1, Standing.UP, ago(7_200), ago(3_600), null);

        UptimeReport report = report(List.of(shard(0), retired), List.of(open(1, 3_700)), List.of());

        assertThat(report.shards().get(1).observed()).isEqualTo(Duration.ofHours(1));
        assertThat(report.shards().get(1).down()).isEqualTo(Duration.ofSeconds(100));
    }

    @Test
    void leavesOutTheTimeInWhichAShardWasNotRun() {
        ShardRecord back = shard(1).absent(List.of(new Span(ago(50_000), ago(10_000))));

        UptimeReport report = report(List.of(back), List.of(loss(1, 50_100, 50_000), open(1, 100)), List.of());

        assertThat(report.total().observed()).isEqualTo(DAY.minusSeconds(40_000));
        assertThat(report.total().down()).isEqualTo(Duration.ofSeconds(200));
        assertThat(report.total().incidents()).isEqualTo(2);
    }

    @Test
    void weighsShardsByTheirTime() {
        UptimeReport report = report(List.of(shard(0), shard(1)), List.of(loss(1, 86_400, 43_200)), List.of());

        assertThat(report.shards().get(0).percent()).hasValue(100);
        assertThat(report.shards().get(1).percent()).hasValue(50);
        assertThat(report.total().percent()).hasValue(75);
    }

    @Test
    void saysNothingOfAHistoryThatHasNotBegun() {
        UptimeReport report = report(List.of(), List.of(), List.of());

        assertThat(report.total().percent()).isEmpty();
        assertThat(report.total().mtbf()).isNull();
    }

    private static UptimeReport report(
            List<ShardRecord> shards, List<Incident> losses, List<MaintenanceWindow> windows) {
        UptimeCalculation calculation = new UptimeCalculation("24h", DAY, NOW, Duration.ofSeconds(10), shards, windows);
        losses.forEach(calculation::count);
        return calculation.report();
    }

    private static ShardRecord shard(int index) {
        return new ShardRecord("one", index, Standing.UP, Events.START, NOW, null);
    }

    private static Incident open(int shard, long secondsAgo) {
        return incident(shard, ago(secondsAgo), null);
    }

    private static Incident loss(int shard, long from, long to) {
        return incident(shard, ago(Math.max(from, to)), ago(Math.min(from, to)));
    }

    private static Incident incident(int shard, Instant start, Instant end) {
        Verdict verdict = new Verdict(Blame.NETWORK, Confidence.HIGH, List.of());
        return new Incident(
                "i" + start, "one", shard, start, end, "CONNECT", "x", FailureCounts.NONE, 1, null, null, verdict);
    }

    private static MaintenanceWindow maintenance(long from, long to) {
        return new MaintenanceWindow("m" + from, "one", ago(Math.max(from, to)), ago(Math.min(from, to)), "upgrade");
    }

    private static Instant ago(long seconds) {
        return NOW.minusSeconds(seconds);
    }
}
