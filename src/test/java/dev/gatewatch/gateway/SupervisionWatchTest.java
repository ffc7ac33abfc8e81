package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The watch over a fleet that has ended although nobody wanted the bot to be stopped. */
class SupervisionWatchTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private boolean ended = true;
    private final SupervisionWatch watch = new SupervisionWatch(List::of, () -> false, () -> ended);

    @BeforeEach
    void start() {
        watch.start(time);
    }

    @Test
    void aFleetThatHasEndedMayTakeAMinuteToFindItsSuccessor() {
        time.advanceTimeBy(SupervisionWatch.SUCCESSOR_PATIENCE);
        assertThat(watch.isAbandoned()).isFalse();

        time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(watch.isAbandoned()).isTrue();
    }

    @Test
    void isNoLongerAbandonedOnceASuccessorIsThere() {
        time.advanceTimeBy(SupervisionWatch.SUCCESSOR_PATIENCE.plusSeconds(1));

        ended = false;
        time.advanceTimeBy(Duration.ofSeconds(1));

        assertThat(watch.isAbandoned()).isFalse();
    }

    @Test
    void eachFleetHasItsOwnMinute() {
        time.advanceTimeBy(Duration.ofSeconds(59));
        ended = false;
        time.advanceTimeBy(Duration.ofSeconds(1));
        ended = true;

        time.advanceTimeBy(SupervisionWatch.SUCCESSOR_PATIENCE);

        assertThat(watch.isAbandoned()).isFalse();
    }
}
