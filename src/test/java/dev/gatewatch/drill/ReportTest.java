package dev.gatewatch.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final Conditions CONDITIONS =
            new Conditions("Gatewatch", "1.0.0", "JDK", "Linux, 2 processors", 7, 2_000, "");

    @Test
    void givesTheMedianAndTheWorstOfAllRuns() {
        DrillReport report = report(run("drop", 10.0), run("drop", 30.0), run("drop", 14.0), run("drop", 12.0));

        assertThat(report.drills().get(0).recovered()).isEqualTo(new Summary.Spread(13, 30));
        assertThat(report.markdown()).contains("| `drop` | - | resumed | - | 13 (30) | 0 | 0 | 0 | 0 |");
    }

    @Test
    void isNotGoodWhenARuleWasBroken() {
        DrillReport report = report(new RunResult(
                "drop", 1, 0, Outcome.RESUMED, null, 10.0, null, 1, 0, 0, List.of("identify-rate: too soon")));

        assertThat(report.good()).isFalse();
        assertThat(report.table())
                .contains("drop broke identify-rate: too soon")
                .contains("NOT all survived");
    }

    @Test
    void isNotGoodWhenABotWasLost() {
        assertThat(report(new RunResult("drop", 1, 0, Outcome.LOST, null, null, null, 0, 0, 0, List.of()))
                        .good())
                .isFalse();
    }

    @Test
    void isIncompleteWhenItEndedEarly() {
        DrillReport report = DrillReport.of(CONDITIONS, 3, List.of(run("drop", 10.0)));

        assertThat(report.complete()).isFalse();
        assertThat(report.table()).contains("1 of 3 runs, then stopped");
    }

    @Test
    void namesTheConditions() {
        assertThat(report(run("drop", 10.0)).markdown())
                .contains("seed 7")
                .contains("heartbeat interval 2000 ms")
                .contains("2 processors");
    }

    @Test
    void comparesWithTheFirst() {
        Comparison comparison = new Comparison(Map.of("ours", List.of(run("drop", 10.0))), CONDITIONS);

        assertThat(comparison.markdown()).contains("| `drop` | 10 (10) |");
    }

    private static DrillReport report(RunResult... results) {
        return DrillReport.of(CONDITIONS, results.length, List.of(results));
    }

    private static RunResult run(String drill, @Nullable Double recovered) {
        return new RunResult(drill, 1, 0, Outcome.RESUMED, null, recovered, null, 0, 0, 0, List.of());
    }
}
