package dev.gatewatch.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewatch.connection.CloseCode;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrillPlanTest {

    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final List<DrillRow> rows = DrillPlan.rows(INTERVAL);

    @Test
    void hasARowForEveryFaultOfTheCatalogueAndForNoOther() {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withPort(0))) {
            assertThat(rows.stream().map(DrillRow::fault).distinct())
                    .containsExactlyInAnyOrderElementsOf(simulator.faults().names());
        }
    }

    @Test
    void givesEveryFaultParametersThatTheCatalogueAccepts() {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withPort(0))) {
            rows.forEach(row -> simulator.faults().inject(row.fault(), row.parameters()));
        }
    }

    @Test
    void hasARowForEveryCloseCodeOfDiscords() {
        assertThat(rows)
                .extracting(DrillRow::name)
                .containsAll(Arrays.stream(CloseCode.values())
                        .map(code -> "close/" + code.code())
                        .toList());
    }

    @Test
    void namesEachRowOnce() {
        assertThat(rows).extracting(DrillRow::name).doesNotHaveDuplicates();
    }

    @Test
    void findsRowsByNameAndByFault() {
        assertThat(DrillPlan.rows(INTERVAL, List.of("tls-failure/expired", "drop", "black-hole")))
                .extracting(DrillRow::name)
                .containsExactly("tls-failure/expired", "drop", "black-hole/current", "black-hole/all");
    }

    @Test
    void saysWhichRowsThereAreWhenThereIsNoneOfAName() {
        assertThatThrownBy(() -> DrillPlan.rows(INTERVAL, List.of("earthquake")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("earthquake")
                .hasMessageContaining("close/4009");
    }
}
