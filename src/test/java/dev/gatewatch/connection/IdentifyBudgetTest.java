package dev.gatewatch.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdentifyBudgetTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Instant RESET = NOW.plus(Duration.ofHours(20));
    private static final int RESERVE = 50;

    @Test
    void forecastsWhenTheReserveIsReachedAtTheLastHoursRate() {
        IdentifyBudget budget = budget(650, spent(100, Duration.ofSeconds(30)));

        assertThat(budget.lastHour(NOW)).isEqualTo(100);
        assertThat(budget.exhaustion(NOW)).contains(Duration.ofHours(6));
    }

    @Test
    void forecastsNothingWhenNothingWasSpent() {
        assertThat(budget(1_000, List.of()).exhaustion(NOW)).isEmpty();
    }

    @Test
    void forecastsNothingWhenAllAreThereAgainSooner() {
        assertThat(budget(1_000, spent(40, Duration.ofMinutes(1))).exhaustion(NOW))
                .as("950 at 40 an hour last 23.75 hours")
                .isEmpty();
        assertThat(budget(1_000, spent(48, Duration.ofMinutes(1))).exhaustion(NOW))
                .as("950 at 48 an hour last 19.8 hours")
                .isPresent();
    }

    @Test
    void isExhaustedAtTheReserveHoweverLittleWasSpentLately() {
        assertThat(budget(RESERVE, List.of()).exhaustion(NOW)).contains(Duration.ZERO);
        assertThat(budget(0, List.of()).exhaustion(NOW)).contains(Duration.ZERO);
        assertThat(budget(RESERVE + 1, List.of()).exhaustion(NOW)).isEmpty();
    }

    @Test
    void forgetsARateThatIsOver() {
        IdentifyBudget budget = budget(500, spent(60, Duration.ofSeconds(10)));

        assertThat(budget.exhaustion(NOW)).isPresent();
        assertThat(budget.lastHour(NOW.plus(Duration.ofMinutes(55)))).isEqualTo(30);
        assertThat(budget.exhaustion(NOW.plus(Duration.ofHours(2)))).isEmpty();
    }

    @Test
    void isWholeAgainAfterTheReset() {
        IdentifyBudget after = budget(RESERVE, List.of()).at(RESET);

        assertThat(after.remaining()).isEqualTo(1_000);
        assertThat(after.resetAt()).isEqualTo(RESET.plus(Duration.ofHours(24)));
        assertThat(budget(RESERVE, List.of()).exhaustion(RESET)).isEmpty();
    }

    @Test
    void countsWhatWasSpentWithinTheDayAfterTheReset() {
        Instant shortlyBefore = RESET.minus(Duration.ofHours(1));
        IdentifyBudget after = budget(900, List.of(NOW.minus(Duration.ofHours(10)), shortlyBefore))
                .at(RESET);

        assertThat(after.remaining()).isEqualTo(999);
        assertThat(after.resetAt()).isEqualTo(shortlyBefore.plus(Duration.ofHours(24)));
    }

    @Test
    void isItselfUntilTheReset() {
        IdentifyBudget budget = budget(900, spent(3, Duration.ofMinutes(1)));

        assertThat(budget.at(RESET.minusMillis(1))).isSameAs(budget);
    }

    private static IdentifyBudget budget(int remaining, List<Instant> spent) {
        return new IdentifyBudget(1_000, remaining, RESET, RESERVE, spent);
    }

    /** So many, evenly spaced, the last one a pause ago; oldest first. */
    private static List<Instant> spent(int count, Duration pause) {
        return IntStream.iterate(count, left -> left > 0, left -> left - 1)
                .mapToObj(left -> NOW.minus(pause.multipliedBy(left)))
                .toList();
    }
}
