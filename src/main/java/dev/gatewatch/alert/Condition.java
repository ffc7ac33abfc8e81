package dev.gatewatch.alert;

import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How one rule's matter stands at one moment. Between "raised" and "no longer present" lies the hysteresis: an alert opens late and
 * closes late.
 *
 * @param raised whether an alert opens, if none is open
 * @param present whether an open alert stays open
 * @param severity how bad it is, if it opens now
 * @param settled how bad it is without what has only just come to it: an open alert is told again when this is worse
 * @param since when it began; when it ended, if it is no longer present
 * @param shards the shards it is about
 * @param headline what it is, in one line
 * @param detail more about it, in sentences
 * @param remedy what a person can do; null when there is nothing to do but wait
 */
record Condition(
        boolean raised,
        boolean present,
        Severity severity,
        Severity settled,
        Instant since,
        SortedSet<Integer> shards,
        String headline,
        String detail,
        @Nullable String remedy) {

    /** Nothing is wrong, or nothing is known: an open alert stays open or not; when it is over, it ended at this time. */
    static Condition quiet(boolean present, Instant ended) {
        return quiet(present, ended, "");
    }

    /** The same, with words of its own for the end. */
    static Condition quiet(boolean present, Instant ended, String headline) {
        return new Condition(
                false, present, Severity.WARNING, Severity.WARNING, ended, new TreeSet<>(), headline, "", null);
    }
}
