package dev.gatewatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeartbeatWatchTest {

    private final HeartbeatWatch watch = new HeartbeatWatch(Duration.ofSeconds(1), 10_000);

    @Test
    void givesAClientUpAfterTwoAndAHalfIntervals() {
        assertThat(isOver(11_000, 11_500, 12_000, 12_500)).isFalse();
        assertThat(isOver(12_501)).isTrue();
        assertThat(watch.silence(12_501)).isEqualTo(2_501);
    }

    @Test
    void beginsAnewWithEachHeartbeat() {
        assertThat(isOver(11_000, 11_500, 12_000)).isFalse();
        watch.heard(12_400);
        assertThat(isOver(12_501, 13_000, 13_500, 14_000, 14_500, 14_900)).isFalse();
        assertThat(isOver(14_901)).isTrue();
    }

    @Test
    void doesNotBlameAClientForAStandstillOfItsOwn() {
        assertThat(isOver(11_000, 60_000)).isFalse();
        assertThat(isOver(60_500)).isTrue();
    }

    @Test
    void letsAClientSpeakAfterAStandstill() {
        assertThat(isOver(11_000, 60_000)).isFalse();
        watch.heard(60_100);
        assertThat(isOver(60_500)).isFalse();
    }

    /** Whether it is over when it is asked last, and not before. */
    private boolean isOver(long... times) {
        for (int i = 0; i < times.length - 1; i++) {
            assertThat(watch.isOver(times[i])).isFalse();
        }
        return watch.isOver(times[times.length - 1]);
    }
}
