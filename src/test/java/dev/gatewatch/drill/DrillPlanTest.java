package dev.gatewatch.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewatch.connection.CloseCode;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
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

    /** Retries at a fixed period would meet a fixed end by luck, or miss it. */
    @Test
    void drawsAnewHowLongAFaultLastsThatEndsByItself() {
        DrillRow refuse = DrillPlan.rows(INTERVAL, List.of("refuse")).get(0);
        List<Duration> drawn = IntStream.range(0, 20)
                .mapToObj(seed -> refuse.lengthened(new Random(seed)).ownDuration())
                .toList();

        assertThat(drawn)
                .allSatisfy(time -> assertThat(time)
                        .isBetween(refuse.ownDuration(), refuse.ownDuration().plusSeconds(1)))
                .doesNotHaveDuplicates();
        assertThat(refuse.lengthened(new Random(7))).isEqualTo(refuse.lengthened(new Random(7)));
        assertThat(rows)
                .filteredOn(row -> row.ownDuration().isZero())
                .hasSizeGreaterThan(50)
                .allSatisfy(row -> assertThat(row.lengthened(new Random(7))).isSameAs(row));
    }

    @Test
    void saysWhichRowsThereAreWhenThereIsNoneOfAName() {
        assertThatThrownBy(() -> DrillPlan.rows(INTERVAL, List.of("earthquake")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("earthquake")
                .hasMessageContaining("close/4009");
    }
}
