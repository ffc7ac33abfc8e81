package dev.gatewatch.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the history knows of one shard, as far as the next event needs it; immutable.
 *
 * @param standing where it stands
 * @param firstSeen when the history of this shard begins
 * @param lastSeen when it was last known to be watched over
 * @param open the incident under way; null when there is none
 * @param absences when it was not run, although the history goes on; oldest first
 */
record ShardRecord(
        String instance,
        int shard,
        Standing standing,
        Instant firstSeen,
        Instant lastSeen,
        @Nullable Incident open,
        List<Span> absences) {

    /** A shard not heard of for this long is not run any more, and its time ends there. */
    static final Duration RETIRED_AFTER = Duration.ofMinutes(10);

    /** One that was run all the time. */
    ShardRecord(
            String instance,
            int shard,
            Standing standing,
            Instant firstSeen,
            Instant lastSeen,
            @Nullable Incident open) {
        this(instance, shard, standing, firstSeen, lastSeen, open, List.of());
    }

    /** A shard that was never heard of. */
    static ShardRecord unknown(StoredEvent first) {
        return new ShardRecord(first.instance(), first.shard(), Standing.NEW, first.at(), first.at(), null);
    }

    ShardRecord seen(Instant at) {
        return at.isAfter(lastSeen) ? new ShardRecord(instance, shard, standing, firstSeen, at, open, absences) : this;
    }

    /** The time that is stored of it. */
    Span stored() {
        return new Span(firstSeen.isBefore(lastSeen) ? firstSeen : lastSeen, lastSeen);
    }

    /** With another beginning. */
    ShardRecord begun(Instant at) {
        return new ShardRecord(instance, shard, standing, at, lastSeen, open, absences);
    }

    /**
     * The clock was set back to this moment: nothing can have been seen after it.
     *
     * @param by how far what was noted by the old clock is moved; zero when another clock noted it
     */
    ShardRecord notAfter(Instant now, Duration by) {
        Instant first = firstSeen.isAfter(now) ? firstSeen.plus(by) : firstSeen;
        Instant begin = first.isAfter(now) ? now : first;
        Instant last = lastSeen.isAfter(now) ? now : lastSeen;
        return new ShardRecord(instance, shard, standing, begin, last, open, absences);
    }

    ShardRecord up() {
        return new ShardRecord(instance, shard, Standing.UP, firstSeen, lastSeen, null, absences);
    }

    ShardRecord retired() {
        return new ShardRecord(instance, shard, Standing.NEW, firstSeen, lastSeen, null, absences);
    }

    ShardRecord down(Incident incident) {
        return new ShardRecord(instance, shard, Standing.DOWN, firstSeen, lastSeen, incident, absences);
    }

    ShardRecord absent(List<Span> times) {
        return new ShardRecord(instance, shard, standing, firstSeen, lastSeen, open, times);
    }

    /** Whether it has not been heard of for so long that it may be run no more. */
    boolean isGone(Instant at) {
        return lastSeen.plus(RETIRED_AFTER).isBefore(at);
    }

    /** When it was watched, as far as it is known now: from its first fact on, for as long as it is heard of. */
    List<Span> watched(Instant now) {
        Instant end = isGone(now) ? lastSeen : now;
        return end.isBefore(firstSeen) ? List.of() : new Span(firstSeen, end).between(absences);
    }

    /** Where a shard stands; the names are stored. */
    enum Standing {
        /** Not connected since it was last begun with, and nothing has gone wrong. */
        NEW,
        UP,
        DOWN
    }
}
