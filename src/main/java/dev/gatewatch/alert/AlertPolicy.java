package dev.gatewatch.alert;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides what is told, and when. Pure: the same state at the same moment gets the same decision.
 *
 * <p>In a maintenance window nothing is opened, made worse or repeated; that something is over is always told.
 */
final class AlertPolicy {

    private final AlertSettings settings;

    AlertPolicy(AlertSettings settings) {
        this.settings = settings;
    }

    /** Weighs every rule. */
    Decision decide(AlertState state, Quiet quiet, Instant now) {
        List<Notice> notices = new ArrayList<>();
        AlertState after = state;
        for (AlertRule rule : AlertRule.values()) {
            after = weigh(after, rule, condition(after, rule, quiet, now), quiet.at(now), now, notices);
        }
        return new Decision(after, notices);
    }

    private Condition condition(AlertState state, AlertRule rule, Quiet quiet, Instant now) {
        return switch (rule) {
            case FLAPPING -> FlappingCondition.of(state, settings, quiet, now);
            case GATEWAY_DOWN -> GatewayCondition.of(state, settings, quiet, now);
            case IDENTIFY_BUDGET_LOW -> BudgetCondition.of(state, now);
        };
    }

    private AlertState weigh(
            AlertState state, AlertRule rule, Condition condition, boolean quiet, Instant now, List<Notice> notices) {
        OpenAlert open = state.open().get(rule);
        if (open == null) {
            return condition.raised() && !quiet
                    ? tell(state, Occasion.OPENED, OpenAlert.of(rule, condition, now), condition, now, notices)
                    : state;
        }
        if (!condition.present()) {
            int count = state.shards().size();
            String headline = condition.headline().isEmpty() ? rule.over() : condition.headline();
            notices.add(new Notice(Occasion.RESOLVED, open, now, condition.since(), headline, count, "", null));
            return state.without(rule);
        }
        if (!quiet && condition.settled().compareTo(open.severity()) > 0) {
            return tell(state, Occasion.ESCALATED, open.told(condition, now), condition, now, notices);
        }
        boolean due = !settings.remindEvery().isZero()
                && !open.toldAt().plus(settings.remindEvery()).isAfter(now);
        if (!quiet && due && condition.raised()) {
            return tell(state, Occasion.REMINDER, open.told(condition, now), condition, now, notices);
        }
        OpenAlert grown = open.with(condition.shards());
        return grown.equals(open) ? state : state.with(grown);
    }

    private static AlertState tell(
            AlertState state, Occasion why, OpenAlert alert, Condition condition, Instant now, List<Notice> notices) {
        notices.add(new Notice(
                why,
                alert,
                now,
                null,
                condition.headline(),
                state.shards().size(),
                condition.detail(),
                condition.remedy()));
        return state.with(alert);
    }
}
