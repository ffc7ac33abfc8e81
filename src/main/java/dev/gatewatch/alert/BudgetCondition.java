package dev.gatewatch.alert;

import dev.gatewatch.connection.IdentifyBudget;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Whether few IDENTIFYs are left that may be spent. Pure.
 *
 * <p>Low: a tenth of the day's above the reserve, or an hour's spending that reaches the reserve within three hours. Enough again: a
 * fifth, and no such prospect within six hours; or the day is over.
 */
final class BudgetCondition {

    private static final double LOW = 0.1;
    private static final double ENOUGH = 0.2;
    private static final Duration SOON = Duration.ofHours(3);
    private static final Duration FAR = Duration.ofHours(6);
    private static final Duration DAY = Duration.ofHours(24);

    private BudgetCondition() {}

    static Condition of(AlertState state, Instant now) {
        IdentifyBudget told = state.budget();
        OpenAlert open = state.open().get(AlertRule.IDENTIFY_BUDGET_LOW);
        if (told == null) {
            return Condition.quiet(open != null && open.openedAt().plus(DAY).isAfter(now), now);
        }
        IdentifyBudget budget = told.at(now);
        int left = Math.max(0, budget.remaining() - budget.reserve());
        Optional<Duration> forecast = budget.exhaustion(now);
        boolean low = left <= budget.total() * LOW || isWithin(forecast, SOON);
        boolean enough = left > budget.total() * ENOUGH && !isWithin(forecast, FAR);
        return new Condition(
                low,
                !enough,
                Severity.WARNING,
                Severity.WARNING,
                now,
                new TreeSet<>(),
                "IDENTIFYs running low: " + left + " left to spend",
                budget.remaining() + " of " + budget.total() + " are left until " + Words.of(budget.resetAt()) + ", "
                        + budget.reserve() + " of them are kept in reserve; " + budget.lastHour(now)
                        + " were spent in the last hour."
                        + forecast.filter(time -> !time.isZero())
                                .map(time -> " At this pace the reserve is reached in " + Words.of(time) + ".")
                                .orElse(""),
                "Find out what ends the sessions (/history/incidents) and stop whatever else logs in with this token."
                        + " At the reserve Gatewatch waits for the reset.");
    }

    private static boolean isWithin(Optional<Duration> forecast, Duration span) {
        return forecast.map(time -> time.compareTo(span) <= 0).orElse(false);
    }
}
