package dev.gatewatch.alert;

import dev.gatewatch.connection.ConnectionEvent;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * An alert that was told and is not over; immutable, and kept in the database so that a restart neither tells it twice nor forgets
 * that it is open.
 *
 * @param rule what it is about; one alert per rule is open at most
 * @param named when its cause began by the clock that was in use then; it is part of the id, and stays when the clock is set
 * @param severity the worst that was told of it
 * @param since when its cause began by the clock in use now
 * @param openedAt when it was first told
 * @param toldAt when it was last told
 * @param shards every shard it was about
 * @param headline what was last told of it, in one line
 */
public record OpenAlert(
        AlertRule rule,
        Instant named,
        Severity severity,
        Instant since,
        Instant openedAt,
        Instant toldAt,
        SortedSet<Integer> shards,
        String headline) {

    public OpenAlert {
        shards = Collections.unmodifiableSortedSet(new TreeSet<>(shards));
    }

    /** One that was open before this process: the clock counts as never set. */
    OpenAlert(
            AlertRule rule,
            Severity severity,
            Instant since,
            Instant openedAt,
            Instant toldAt,
            SortedSet<Integer> shards,
            String headline) {
        this(rule, since, severity, since, openedAt, toldAt, shards, headline);
    }

    /** Opens one. */
    static OpenAlert of(AlertRule rule, Condition condition, Instant now) {
        Instant since = condition.since().isAfter(now) ? now : condition.since();
        return new OpenAlert(rule, condition.severity(), since, now, now, condition.shards(), condition.headline());
    }

    /** Its name for programs: unique within an instance, the same in every message about it. */
    public String id() {
        return rule.word() + "-" + named.toEpochMilli();
    }

    /** The same, told again. */
    OpenAlert told(Condition condition, Instant now) {
        SortedSet<Integer> all = new TreeSet<>(shards);
        all.addAll(condition.shards());
        return new OpenAlert(
                rule, named, severity.worse(condition.settled()), since, openedAt, now, all, condition.headline());
    }

    /** The clock was set: reminders come in time, and the duration is right. The id stays. */
    OpenAlert moved(ConnectionEvent.ClockSet set) {
        return new OpenAlert(
                rule, named, severity, set.moved(since), set.moved(openedAt), set.moved(toldAt), shards, headline);
    }

    /** The same with the shards that have come to it meanwhile. */
    OpenAlert with(SortedSet<Integer> more) {
        if (shards.containsAll(more)) {
            return this;
        }
        SortedSet<Integer> all = new TreeSet<>(shards);
        all.addAll(more);
        return new OpenAlert(rule, named, severity, since, openedAt, toldAt, all, headline);
    }
}
