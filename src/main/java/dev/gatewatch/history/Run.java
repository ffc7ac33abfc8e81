package dev.gatewatch.history;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run of a shard: from its start to the next one. Its clock may be wrong, and may be set; immutable.
 *
 * @param id the id of the event of its start
 * @param started when it started, as the history has it
 * @param carried the incident that was open at the start, which an earlier run began; null when there was none
 * @param ahead the time that earlier runs stored, while a part of it lies in the future; null when none does
 * @param back how the clock was set back; null when it was not, or was set forward again
 */
record Run(
        String id,
        Instant started,
        @Nullable String carried,
        @Nullable Span ahead,
        @Nullable SetBack back) {

    /** The run that begins with this event. */
    static Run begun(StoredEvent start, ShardRecord before, @Nullable Run previous) {
        Instant at = start.at();
        boolean foundAhead = before.lastSeen().isAfter(at);
        Span known = previous == null
                        || previous.ahead == null
                        || !previous.ahead.to().isAfter(at)
                ? null
                : previous.ahead;
        Span ahead = foundAhead ? joined(known, before.stored()) : known;
        return new Run(start.id(), at, carried(before.open(), at, known == null ? null : previous), ahead, null);
    }

    /** Whether this run's clock was set back before, and this sets it forward by as much. */
    boolean isCorrectedBy(Instant at, Duration by) {
        return back != null && back.isCorrectedBy(at, by);
    }

    /** Whether the clock was behind since the start, and this sets it to where the history already was. */
    boolean catchesUpBy(Instant at, Duration by) {
        return ahead != null && ahead.to().isAfter(at.minus(by)) && !ahead.to().isAfter(at);
    }

    /** This after its clock was set back. */
    Run setBack(StoredEvent event, Duration by, Instant firstSeen) {
        boolean wasAfter = started.isAfter(event.at());
        Span left = wasAfter && firstSeen.isBefore(started) ? joined(ahead, new Span(firstSeen, started)) : ahead;
        SetBack set = back == null
                ? new SetBack(event.id(), event.at(), by, started)
                : new SetBack(back.id, back.at, back.by.plus(by), back.started);
        return new Run(id, wasAfter ? started.plus(by) : started, carried, left, set);
    }

    /** This after its clock was set forward, neither where it was before nor to where the history was. */
    Run setForward(Instant at, Duration by) {
        boolean isBehind = ahead != null && ahead.to().isAfter(at);
        Duration left = back == null ? Duration.ZERO : back.by.plus(by);
        SetBack still = back == null || !left.isNegative() ? null : new SetBack(back.id, back.at, left, back.started);
        return new Run(id, isBehind ? started.plus(by) : started, carried, isBehind ? ahead : null, still);
    }

    /** This after its clock was set to where it would be had it never been set back. */
    Run corrected(Instant at) {
        boolean isBehind = ahead != null && ahead.to().isAfter(at);
        return new Run(id, back == null ? started : back.started, carried, isBehind ? ahead : null, null);
    }

    /** This after its clock was set to where the history was. */
    Run caughtUp(Duration by) {
        return new Run(id, started.plus(by), carried, null, null);
    }

    /** @param behind the run before, if its clock was behind, too: a beginning that it noted is as wrong as this run's own */
    private static @Nullable String carried(@Nullable Incident open, Instant at, @Nullable Run behind) {
        if (open == null || open.start().isAfter(at)) {
            return null;
        }
        return behind == null || open.id().equals(behind.carried) ? open.id() : null;
    }

    private static Span joined(@Nullable Span one, Span other) {
        return one == null
                ? other
                : new Span(
                        one.from().isBefore(other.from()) ? one.from() : other.from(),
                        one.to().isAfter(other.to()) ? one.to() : other.to());
    }

    /**
     * A clock that was set back, perhaps in several steps.
     *
     * @param id the id of the event that told the first step
     * @param at when the first step was told, by the new clock
     * @param by how far it is back by now; negative
     * @param started when the run had started by the clock before
     */
    record SetBack(String id, Instant at, Duration by, Instant started) {

        /** Who sets a clock back by mistake, notices within this time. */
        private static final Duration NOTICED_WITHIN = Duration.ofDays(1);

        /** Who corrects a clock by hand, is off by no more. */
        private static final Duration TOLERANCE = Duration.ofMinutes(1);

        private static final int TOLERATED_SHARE = 10;

        boolean isCorrectedBy(Instant now, Duration forward) {
            Duration share = by.abs().dividedBy(TOLERATED_SHARE);
            Duration tolerance = share.compareTo(TOLERANCE) < 0 ? share : TOLERANCE;
            return by.plus(forward).abs().compareTo(tolerance) <= 0
                    && Duration.between(at, now.minus(forward)).compareTo(NOTICED_WITHIN) <= 0;
        }
    }
}
