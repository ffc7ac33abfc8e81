package dev.gatewatch.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the history knows of one shard, as far as the next event needs it; immutable.
 *
 * @param standing where it stands
 * @param firstSeen when the history of this shard begins
 * @param lastSeen when it was last known to be watched over
 * @param open the incident under way; null when there is none
 */
record ShardRecord(
        String instance,
        int shard,
        Standing standing,
        Instant firstSeen,
        Instant lastSeen,
        @Nullable Incident open) {

    /** A shard not heard of for this long is not run any more, and its time ends there. */
    static final Duration RETIRED_AFTER = Duration.ofMinutes(10);

    /** A shard that was never heard of. */
    static ShardRecord unknown(StoredEvent first) {
        return new ShardRecord(first.instance(), first.shard(), Standing.NEW, first.at(), first.at(), null);
    }

    ShardRecord seen(Instant at) {
        return at.isAfter(lastSeen) ? new ShardRecord(instance, shard, standing, firstSeen, at, open) : this;
    }

    ShardRecord up() {
        return new ShardRecord(instance, shard, Standing.UP, firstSeen, lastSeen, null);
    }

    ShardRecord down(Incident incident) {
        return new ShardRecord(instance, shard, Standing.DOWN, firstSeen, lastSeen, incident);
    }

    /** The time in which it was watched, as far as it is known now: from its first fact on, for as long as it is heard of. */
    Optional<Span> watched(Instant now) {
        boolean retired = lastSeen.plus(RETIRED_AFTER).isBefore(now);
        Instant end = retired ? lastSeen : now;
        return end.isBefore(firstSeen) ? Optional.empty() : Optional.of(new Span(firstSeen, end));
    }

    /** Where a shard stands; the names are stored. */
    enum Standing {
        /** Never connected yet, and nothing has gone wrong. */
        NEW,
        UP,
        DOWN
    }
}
