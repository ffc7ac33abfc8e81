package dev.gatewatch.alert;

import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Whether a connection is lost again and again, however soon it comes back. Pure.
 *
 * <p>Counted for each shard by itself, so that a bot of many shards does not flap by its size. Over when nothing was lost for a
 * whole window, and nothing is away.
 */
final class FlappingCondition {

    private FlappingCondition() {}

    static Condition of(AlertState state, AlertSettings settings, Quiet quiet, Instant now) {
        Instant calm = quiet.lastEnd(now);
        Instant begin = now.minus(settings.flapWindow());
        Instant earliest = begin.isAfter(calm) ? begin : calm;
        List<ShardStanding> flapping = state.shards().values().stream()
                .filter(shard -> within(shard, earliest) >= settings.flapLosses())
                .toList();
        if (flapping.isEmpty()) {
            return Condition.quiet(isPresent(state, settings, begin, now), now);
        }
        SortedSet<Integer> shards =
                new TreeSet<>(flapping.stream().map(ShardStanding::shard).toList());
        long losses = flapping.stream()
                .mapToLong(shard -> within(shard, earliest))
                .max()
                .orElse(0);
        String window = Words.of(settings.flapWindow());
        return new Condition(
                true,
                true,
                Severity.WARNING,
                Severity.WARNING,
                flapping.stream()
                        .flatMap(shard -> shard.losses().stream())
                        .filter(loss -> loss.isAfter(earliest))
                        .min(Instant::compareTo)
                        .orElse(now),
                shards,
                "Gateway flapping: " + Words.shards(shards),
                "The connection was lost " + losses + " times within " + window + ". Until it has held for " + window
                        + ", an alert that it is down stays open.",
                null);
    }

    private static boolean isPresent(AlertState state, AlertSettings settings, Instant begin, Instant now) {
        OpenAlert open = state.open().get(AlertRule.FLAPPING);
        boolean young =
                open != null && open.openedAt().plus(settings.flapWindow()).isAfter(now);
        return young || state.shards().values().stream().anyMatch(shard -> shard.isLost() || within(shard, begin) > 0);
    }

    private static long within(ShardStanding shard, Instant begin) {
        return shard.losses().stream().filter(loss -> loss.isAfter(begin)).count();
    }
}
