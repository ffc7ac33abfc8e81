package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.gateway.HeartbeatWatchdog.Verdict;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.scheduler.VirtualTimeScheduler;

class HeartbeatWatchdogTest {

    private static final Duration USUAL = Duration.ofMillis(41_250);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Pulse pulse = new Pulse(time);

    @Test
    void findsABlackHoleWithinFifteenSecondsInTheMedianAndAlwaysBelowTheTimeout() {
        Duration[] found = new Duration[41];
        for (int second = 0; second < found.length; second++) {
            found[second] = blackHoleAfter(Duration.ofSeconds(second), USUAL);
        }
        Arrays.sort(found);

        assertThat(found[found.length / 2]).isLessThan(Duration.ofSeconds(15));
        assertThat(found[found.length - 1]).isLessThan(TIMEOUT);
    }

    @ParameterizedTest
    @ValueSource(longs = {100, 1_000, 2_000, 5_000, 41_250, 60_000})
    void staysFarBelowTheAllowedSendsInSilence(long intervalMillis) {
        HeartbeatWatchdog watchdog = new HeartbeatWatchdog(pulse, Duration.ofMillis(intervalMillis), TIMEOUT);
        int probes = 0;
        for (int tick = 0; tick < Duration.ofMinutes(1).dividedBy(watchdog.tick()); tick++) {
            time.advanceTimeBy(watchdog.tick());
            if (watchdog.verdict() == Verdict.PROBE) {
                probes++;
                pulse.beatSent();
                pulse.frameArrived();
                pulse.acknowledged();
            }
        }

        assertThat(probes).isLessThanOrEqualTo(60);
    }

    @Test
    void toleratesAcksThatAreLateByLessThanItsPatience() {
        HeartbeatWatchdog watchdog = new HeartbeatWatchdog(pulse, USUAL, TIMEOUT);
        pulse.beatSent();

        time.advanceTimeBy(HeartbeatWatchdog.ANSWER.minusMillis(1));

        assertThat(watchdog.verdict()).isNotEqualTo(Verdict.DEAD);
    }

    @Test
    void isNeverMorePatientThanTheHeartbeatTimeout() {
        HeartbeatWatchdog watchdog = new HeartbeatWatchdog(pulse, USUAL, Duration.ofSeconds(2));

        time.advanceTimeBy(Duration.ofSeconds(2));

        assertThat(watchdog.verdict()).isEqualTo(Verdict.DEAD);
    }

    /** How long after the hole opens it is found, on a connection whose only traffic is its heartbeats. */
    private Duration blackHoleAfter(Duration quietSeconds, Duration interval) {
        HeartbeatWatchdog watchdog = new HeartbeatWatchdog(pulse, interval, TIMEOUT);
        pulse.frameArrived();
        live(watchdog, quietSeconds, true);
        return live(watchdog, Duration.ofMinutes(2), false);
    }

    private Duration live(HeartbeatWatchdog watchdog, Duration span, boolean answered) {
        Duration passed = Duration.ZERO;
        while (passed.compareTo(span) < 0) {
            time.advanceTimeBy(watchdog.tick());
            passed = passed.plus(watchdog.tick());
            Verdict verdict = watchdog.verdict();
            if (verdict == Verdict.DEAD) {
                return passed;
            }
            if (verdict == Verdict.PROBE) {
                pulse.beatSent();
                if (answered) {
                    pulse.frameArrived();
                    pulse.acknowledged();
                }
            }
        }
        return passed;
    }
}
