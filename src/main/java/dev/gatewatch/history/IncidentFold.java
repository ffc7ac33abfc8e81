package dev.gatewatch.history;

import dev.gatewatch.connection.Recovery;
import dev.gatewatch.history.ShardRecord.Standing;
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
 * <p>Only what a supervisor tells shows that its shard was seen. An error or an order may come before the start, and would hide the
 * gap.
 */
final class IncidentFold {

    private IncidentFold() {}

    /** What is known after an event. */
    static Outcome fold(ShardRecord before, StoredEvent event) {
        Outcome outcome =
                switch (event.kind()) {
                    case STARTED -> started(before, event);
                    case ATTEMPT_STARTED -> amend(before, Incident::withAttempt);
                    case CONNECTED -> back(before, event, Recovery.IDENTIFY);
                    case RESUMED -> back(before, event, Recovery.RESUME);
                    case DISCONNECTED, ATTEMPT_FAILED -> failed(before, event);
                    case STOPPED -> stopped(before, event);
                    case RETIRED -> retired(before, event);
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

    private static Outcome started(ShardRecord before, StoredEvent event) {
        if (before.standing() != Standing.UP) {
            return new Outcome(before, null);
        }
        return opened(
                before,
                Incident.open(
                        event,
                        before.lastSeen(),
                        Incident.PROCESS_DOWN,
                        "Gatewatch ended without a word and was started again at " + event.at()));
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

    private static Outcome failed(ShardRecord before, StoredEvent event) {
        if (before.open() == null) {
            return opened(before, Incident.open(event, event.at(), cause(event), words(event)));
        }
        return amend(
                before,
                incident -> incident.withFailure(cause(event), event.detail().code()));
    }

    /** A stop repeats the failure that led to it: it counts only when there was none. */
    private static Outcome stopped(ShardRecord before, StoredEvent event) {
        Incident open = before.open();
        boolean told =
                open != null && open.failures().has(cause(event), event.detail().code());
        return told ? new Outcome(before, null) : failed(before, event);
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
     */
    record Outcome(ShardRecord after, @Nullable Incident changed) {

        Optional<Incident> incident() {
            return Optional.ofNullable(changed);
        }
    }
}
