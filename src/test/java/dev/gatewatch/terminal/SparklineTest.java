package dev.gatewatch.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SparklineTest {

    private static final String BARS = Glyphs.UTF_8.bars();

    @Test
    void scalesBetweenTheLeastAndTheGreatest() {
        assertThat(Sparkline.of(List.of(10.0, 20.0, 30.0, 80.0), 10, BARS)).isEqualTo("▁▂▃█");
    }

    @Test
    void showsTheNewestWhenThereIsNoRoomForAll() {
        assertThat(Sparkline.of(List.of(1.0, 9.0, 1.0, 9.0), 2, BARS)).isEqualTo("▁█");
    }

    @Test
    void isFlatWhenNothingChanges() {
        assertThat(Sparkline.of(List.of(7.0, 7.0), 9, BARS)).isEqualTo("▁▁");
    }

    @Test
    void isEmptyWithoutValuesOrRoom() {
        assertThat(Sparkline.of(List.of(), 9, BARS)).isEmpty();
        assertThat(Sparkline.of(List.of(1.0), -3, BARS)).isEmpty();
    }
}
