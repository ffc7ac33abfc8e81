package dev.gatewatch.alert;

import dev.gatewatch.connection.ConnectionEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one shard stands, as far as alerts care; immutable.
 *
 * @param shard its index
 * @param standing where it stands
 * @param since when it came to stand so; for one that is away, when it was lost
 * @param exhausted whether all allowed attempts in a row failed since then
 * @param cause the last failure in words; empty for none
 * @param remedy what a person can do; null unless it is stopped
 * @param losses when its connection was last lost, oldest first, only as many as matter
 */
record ShardStanding(
        int shard,
        Standing standing,
        Instant since,
        boolean exhausted,
        String cause,
        @Nullable String remedy,
        List<Instant> losses) {

    ShardStanding {
        losses = List.copyOf(losses);
    }

    /** Whether it is away, and was not meant to be. */
    boolean isLost() {
        return standing == Standing.DOWN || standing == Standing.STOPPED;
    }

    /** How long it has stood so, counted from this moment on at the earliest. */
    Duration age(Instant earliest, Instant now) {
        Instant begin = since.isAfter(earliest) ? since : earliest;
        return begin.isAfter(now) ? Duration.ZERO : Duration.between(begin, now);
    }

    ShardStanding up(Instant at) {
        return new ShardStanding(shard, Standing.UP, at, false, "", null, losses);
    }

    /** Away; an outage that goes on keeps its beginning. */
    ShardStanding down(Instant at, String why) {
        return new ShardStanding(shard, Standing.DOWN, isLost() ? since : at, exhausted, why, null, losses);
    }

    ShardStanding stopped(Instant at, String why, String what) {
        return new ShardStanding(shard, Standing.STOPPED, isLost() ? since : at, exhausted, why, what, losses);
    }

    /** Away on purpose. */
    ShardStanding away(Standing how, Instant at) {
        return new ShardStanding(shard, how, at, false, "", null, losses);
    }

    ShardStanding exhaust() {
        return new ShardStanding(shard, standing, since, true, cause, remedy, losses);
    }

    /** With one loss more, of which the last so many are kept. */
    ShardStanding lost(Instant at, int keep) {
        List<Instant> all = new ArrayList<>(losses);
        all.add(at);
        return new ShardStanding(
                shard,
                standing,
                since,
                exhausted,
                cause,
                remedy,
                all.subList(Math.max(0, all.size() - keep), all.size()));
    }

    /** The clock was set: what lasts on keeps its length. */
    ShardStanding moved(ConnectionEvent.ClockSet set) {
        List<Instant> all = losses.stream().map(set::moved).toList();
        return new ShardStanding(shard, standing, set.moved(since), exhausted, cause, remedy, all);
    }

    /** Where a shard can stand. */
    enum Standing {
        UP,
        DOWN,
        /** Nothing more is tried, for a cause that only a person can remove. */
        STOPPED,
        /** An operator stopped it. */
        MEANT,
        /** The service is shutting down: what comes next is told by the next process. */
        ENDING
    }
}
