package dev.gatewatch.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.SetClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Work that is due at round times, while somebody sets the clock. */
class TurnsTest {

    private final SetClock time = new SetClock();
    private final List<Instant> turns = new ArrayList<>();

    @BeforeEach
    void begin() {
        time.set(Duration.ofDays(20_000).plusSeconds(10));
        new Turns(time, this::now)
                .every(Duration.ofMinutes(1), Duration.ofSeconds(20))
                .subscribe(turn -> turns.add(now()));
    }

    @Test
    void comeOncePerPeriodAtTheirSecond() {
        time.pass(Duration.ofMinutes(3));

        assertThat(turns).extracting(turn -> turn.getEpochSecond() % 60).containsExactly(20L, 20L, 20L);
    }

    @Test
    void goOnWhenTheClockIsSetBackByADay() {
        time.pass(Duration.ofMinutes(1));
        time.set(Duration.ofDays(-1));
        time.pass(Duration.ofMinutes(2));

        assertThat(turns).hasSize(3);
    }

    @Test
    void areNotMadeUpForWhenTheClockIsSetForwardByADay() {
        time.set(Duration.ofDays(1));
        time.pass(Duration.ofMinutes(2));

        assertThat(turns).hasSize(2);
    }

    @Test
    void doNotComeTwiceWhenAWaitEndsAMomentEarly() {
        time.pass(Duration.ofSeconds(9));
        time.set(Duration.ofMillis(-20)); // as a clock that is being slowed down
        time.pass(Duration.ofSeconds(30));

        assertThat(turns).hasSize(1);
    }

    private Instant now() {
        return Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS));
    }
}
