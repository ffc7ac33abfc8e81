package dev.gatewatch.alert;

import dev.gatewatch.alert.ShardStanding.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Whether shards are away. Pure.
 *
 * <p>An alert opens when one has been away for long enough, or at once when waiting makes no sense: it is stopped, or all allowed
 * attempts failed. It is about all shards that are away at that moment. It is over when all have been back for long enough, and no
 * connection flaps any more.
 */
final class GatewayCondition {

    private final AlertState state;
    private final AlertSettings settings;
    private final Instant calm;
    private final Instant now;

    private GatewayCondition(AlertState state, AlertSettings settings, Instant calm, Instant now) {
        this.state = state;
        this.settings = settings;
        this.calm = calm;
        this.now = now;
    }

    static Condition of(AlertState state, AlertSettings settings, Quiet quiet, Instant now) {
        return new GatewayCondition(state, settings, quiet.lastEnd(now), now).condition();
    }

    private Condition condition() {
        Collection<ShardStanding> all = state.shards().values();
        List<ShardStanding> lost = all.stream().filter(ShardStanding::isLost).toList();
        boolean known = !all.isEmpty() && all.stream().noneMatch(shard -> shard.standing() == Standing.ENDING);
        boolean present = !known
                || all.stream().anyMatch(this::isUnsettled)
                || state.open().containsKey(AlertRule.FLAPPING);
        if (!known || lost.isEmpty()) {
            boolean meant = known && all.stream().allMatch(shard -> shard.standing() == Standing.MEANT);
            return Condition.quiet(present, backAt(), meant ? "Gateway stopped by an operator" : "");
        }
        List<ShardStanding> due = lost.stream().filter(this::isDue).toList();
        SortedSet<Integer> shards =
                new TreeSet<>(lost.stream().map(ShardStanding::shard).toList());
        ShardStanding worst = worst(lost);
        return new Condition(
                !due.isEmpty(),
                present,
                severity(lost),
                due.isEmpty() ? Severity.WARNING : severity(due),
                lost.stream().map(ShardStanding::since).min(Instant::compareTo).orElse(now),
                shards,
                headline(worst, shards),
                detail(worst),
                worst.remedy());
    }

    /** When the last of them came back. */
    private Instant backAt() {
        return state.shards().values().stream()
                .map(ShardStanding::since)
                .max(Instant::compareTo)
                .orElse(now);
    }

    /** Not back, or not for long enough; a stop by an operator must last as well, since a start often follows. */
    private boolean isUnsettled(ShardStanding shard) {
        return shard.isLost() || shard.age(Instant.EPOCH, now).compareTo(settings.resolveAfter()) < 0;
    }

    private boolean isDue(ShardStanding shard) {
        return shard.standing() == Standing.STOPPED
                || shard.exhausted()
                || shard.age(calm, now).compareTo(settings.openAfter()) >= 0;
    }

    private Severity severity(List<ShardStanding> lost) {
        Severity worst = lost.size() < wanted() ? Severity.WARNING : Severity.ERROR;
        for (ShardStanding shard : lost) {
            worst = worst.worse(severity(shard));
        }
        return worst;
    }

    private static Severity severity(ShardStanding shard) {
        if (shard.standing() == Standing.STOPPED) {
            return Severity.FATAL;
        }
        return shard.exhausted() ? Severity.CRITICAL : Severity.WARNING;
    }

    private static ShardStanding worst(List<ShardStanding> lost) {
        ShardStanding worst = lost.get(0);
        for (ShardStanding shard : lost) {
            worst = severity(shard).compareTo(severity(worst)) > 0 ? shard : worst;
        }
        return worst;
    }

    /** How many shards should be connected. */
    private long wanted() {
        return state.shards().values().stream()
                .filter(shard -> shard.standing() != Standing.MEANT)
                .count();
    }

    private String headline(ShardStanding worst, SortedSet<Integer> shards) {
        String what = worst.standing() == Standing.STOPPED ? "Gateway stopped" : "Gateway down";
        long wanted = wanted();
        if (wanted == 1) {
            return what;
        }
        return what
                + (shards.size() == wanted
                        ? ": all " + wanted + " shards"
                        : ": " + Words.shards(shards) + " (" + shards.size() + " of " + wanted + ")");
    }

    private String detail(ShardStanding worst) {
        Duration away = worst.age(Instant.EPOCH, now);
        String since = "Not connected since " + Words.of(worst.since()) + " (" + Words.of(away) + "). ";
        String why = "Last failure: " + worst.cause() + ".";
        if (worst.standing() == Standing.STOPPED) {
            return since + why + " Nothing more is tried.";
        }
        return since
                + why
                + (worst.exhausted() ? " All allowed attempts in a row failed." : " It is being reconnected.");
    }
}
