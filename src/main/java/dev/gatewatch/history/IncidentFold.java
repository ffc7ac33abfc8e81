package dev.gatewatch.history;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.connection.Recovery;
import dev.gatewatch.history.ShardRecord.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Folds stored events into incidents. Pure and total.
 *
 * <p>An incident opens when a shard leaves connected, and closes when it is back. Two rules cover starts:
 *
 * <ul>
 *   <li>A shard's very first start is no incident, unless an attempt fails or it is stopped.
 *   <li>A start while the history believes the shard connected means that the process ended without a word: the gap since it
 *       was last seen is an incident of its own, {@link Incident#PROCESS_DOWN}.
 * </ul>
 *
 * <p>A time in which the process was frozen is such a gap, too. It is over when the process runs again, unless the connection turns out
 * to be lost: then it goes on until the shard is back. A clock that was set moves what is open, and the time that never passed is left
 * out.
 *
 * <p>Only what a supervisor tells shows that its shard was seen. An error or an order may come before the start, and would hide the
 * gap.
 */
final class IncidentFold {

    /** How soon after a pause a loss is taken for its consequence: a silent connection is found dead within this time. */
    private static final Duration CONSEQUENCE = Duration.ofSeconds(30);

    /** A shard seen this shortly before the clock was found to be set was seen by the new clock. */
    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(10);

    private IncidentFold() {}

    /**
     * What is known after an event.
     *
     * @param latest the shard's newest incident, open or not; only asked for when {@link #needsLatest} says so
     */
    static Outcome fold(ShardRecord before, StoredEvent event, @Nullable Incident latest) {
        Outcome outcome =
                switch (event.kind()) {
                    case STARTED -> started(before, event);
                    case ATTEMPT_STARTED -> amend(before, Incident::withAttempt);
                    case CONNECTED -> back(before, event, Recovery.IDENTIFY);
                    case RESUMED -> back(before, event, Recovery.RESUME);
                    case DISCONNECTED, ATTEMPT_FAILED -> failed(before, event, latest);
                    case STOPPED -> stopped(before, event, latest);
                    case RETIRED -> retired(before, event);
                    case PROCESS_PAUSED -> paused(before, event, latest);
                    case CLOCK_SET -> clockSet(before, event);
                    case STATUS_PAGE_READ -> amend(before, incident -> incident.withStatusPage(words(event)));
                    case HELLO_RECEIVED,
                            IDENTIFIED,
                            PLAN_MADE,
                            EXHAUSTED,
                            ERROR_OCCURRED,
                            BUDGET_COUNTED,
                            DISAGREEMENT_FOUND,
                            OPERATOR_ACTED -> new Outcome(before, null);
                };
        return event.kind().isFromSupervisor()
                ? new Outcome(outcome.after().seen(event.at()), outcome.changed())
                : outcome;
    }

    /** Whether what an event leads to depends on an incident that may be over. */
    static boolean needsLatest(EventKind kind) {
        return switch (kind) {
            case DISCONNECTED, ATTEMPT_FAILED, STOPPED, PROCESS_PAUSED -> true;
            default -> false;
        };
    }

    private static Outcome started(ShardRecord before, StoredEvent event) {
        if (before.standing() != Standing.UP) {
            return new Outcome(before, null);
        }
        return opened(
                before,
                Incident.open(
                        event,
                        before.lastSeen().isAfter(event.at()) ? event.at() : before.lastSeen(),
                        Incident.PROCESS_DOWN,
                        startedAgain(event.at())));
    }

    /** The incident of a start with another beginning, after the time of that start turned out to be wrong. */
    static Incident begun(Incident gap, Instant from, Instant started) {
        return gap.cause().equals(Incident.PROCESS_DOWN)
                ? gap.begun(from, Incident.PROCESS_DOWN, startedAgain(started))
                : gap.begun(from);
    }

    private static String startedAgain(Instant at) {
        return "Gatewatch ended without a word and was started again at " + at;
    }

    private static Outcome back(ShardRecord before, StoredEvent event, Recovery how) {
        Incident open = before.open();
        return new Outcome(before.up(), open == null ? null : open.closed(event.at(), how));
    }

    /** Nobody waits for it any more: what was open is over, and no gap counts until it is started again. */
    private static Outcome retired(ShardRecord before, StoredEvent event) {
        Incident open = before.open();
        return new Outcome(before.retired(), open == null ? null : open.closed(event.at(), null));
    }

    private static Outcome failed(ShardRecord before, StoredEvent event, @Nullable Incident latest) {
        if (before.open() == null && latest != null && isConsequence(latest, event)) {
            return opened(
                    before,
                    latest.reopened().withFailure(cause(event), event.detail().code()));
        }
        if (before.open() == null) {
            return opened(before, Incident.open(event, event.at(), cause(event), words(event)));
        }
        return amend(
                before,
                incident -> incident.withFailure(cause(event), event.detail().code()));
    }

    /** A stop repeats the failure that led to it: it counts only when there was none. */
    private static Outcome stopped(ShardRecord before, StoredEvent event, @Nullable Incident latest) {
        Incident open = before.open();
        boolean told =
                open != null && open.failures().has(cause(event), event.detail().code());
        return told ? new Outcome(before, null) : failed(before, event, latest);
    }

    /** What was lost while the process was frozen is often told before the pause is found: then the pause is its beginning. */
    private static Outcome paused(ShardRecord before, StoredEvent event, @Nullable Incident latest) {
        Instant from = event.at().minus(duration(event));
        Incident near = before.open() == null ? latest : before.open();
        if (near != null && !near.start().isBefore(from) && near.isOf(event.at())) {
            Incident begun = near.begun(from, Incident.PROCESS_DOWN, words(event));
            return begun.isOpen() ? opened(before, begun) : new Outcome(before, begun);
        }
        if (before.standing() != Standing.UP) {
            return new Outcome(before, null);
        }
        Incident pause = Incident.open(event, from, Incident.PROCESS_DOWN, words(event));
        return new Outcome(before, pause.closed(event.at(), null));
    }

    private static boolean isConsequence(Incident latest, StoredEvent event) {
        Instant end = latest.end();
        return latest.cause().equals(Incident.PROCESS_DOWN)
                && latest.recovery() == null
                && end != null
                && !end.plus(CONSEQUENCE).isBefore(event.at());
    }

    /**
     * What is open keeps its length. The time that the clock skipped never passed, so it is left out; but where the process was down
     * before, it is time that passed unseen, and counts.
     */
    private static Outcome clockSet(ShardRecord before, StoredEvent event) {
        Duration by = duration(event);
        ConnectionEvent.ClockSet set = new ConnectionEvent.ClockSet(event.shard(), event.at(), by);
        Incident open = before.open();
        boolean isGap = open != null && open.cause().equals(Incident.PROCESS_DOWN);
        Incident moved = open == null || (isGap && !open.start().isAfter(event.at()))
                ? null
                : open.begun(set.moved(open.start()));
        ShardRecord after = moved == null ? before : before.down(moved);
        if (by.isNegative()) {
            return new Outcome(after, moved, null);
        }
        Instant from = open == null ? event.at().minus(by) : open.start();
        boolean seenLater = before.lastSeen().isAfter(from)
                && before.lastSeen().isBefore(event.at().minus(NOTICED_WITHIN));
        Instant skipped = seenLater ? before.lastSeen() : from;
        Instant to = moved == null ? event.at() : moved.start();
        return new Outcome(after, moved, isGap || !skipped.isBefore(to) ? null : new Span(skipped, to));
    }

    private static Duration duration(StoredEvent event) {
        return Objects.requireNonNullElse(event.detail().duration(), Duration.ZERO);
    }

    private static Outcome opened(ShardRecord before, Incident incident) {
        return new Outcome(before.down(incident), incident);
    }

    private static Outcome amend(ShardRecord before, UnaryOperator<Incident> change) {
        Incident open = before.open();
        return open == null ? new Outcome(before, null) : opened(before, change.apply(open));
    }

    private static String cause(StoredEvent event) {
        return Objects.requireNonNullElse(event.detail().cause(), "INTERNAL");
    }

    private static String words(StoredEvent event) {
        return Objects.requireNonNullElse(event.detail().message(), "");
    }

    /**
     * What an event led to.
     *
     * @param after the shard after it
     * @param changed the incident that it opened, changed or closed; null when it touched none
     * @param skipped a time that never passed; null when there is none
     */
    record Outcome(
            ShardRecord after,
            @Nullable Incident changed,
            @Nullable Span skipped) {

        Outcome(ShardRecord after, @Nullable Incident changed) {
            this(after, changed, null);
        }

        Optional<Incident> incident() {
            return Optional.ofNullable(changed);
        }
    }
}
