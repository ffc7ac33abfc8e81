package dev.gatewatch.history;

/** The kinds of stored events; their names are stored, so that none may be renamed. */
public enum EventKind {
    STARTED,
    ATTEMPT_STARTED,
    HELLO_RECEIVED,
    IDENTIFIED,
    CONNECTED,
    RESUMED,
    DISCONNECTED,
    ATTEMPT_FAILED,
    PLAN_MADE,
    EXHAUSTED,
    STOPPED,
    /** The process no longer runs the shard. */
    RETIRED,
    ERROR_OCCURRED,
    BUDGET_COUNTED,
    DISAGREEMENT_FOUND,
    /** Discord's status page was read while an incident was open. */
    STATUS_PAGE_READ,
    /** An operator acted; the cause is what was done, the message why and from where. */
    OPERATOR_ACTED,
    /** The process was found not to have run; the duration is for how long. */
    PROCESS_PAUSED,
    /** The wall clock was set; the duration is how far, negative when it was set back. */
    CLOCK_SET;

    /**
     * Whether it is told only of a shard that ran until then. The others are about a shard, and may name one that does not run, or not yet.
     */
    boolean isFromSupervisor() {
        return switch (this) {
            case STARTED,
                    ATTEMPT_STARTED,
                    HELLO_RECEIVED,
                    IDENTIFIED,
                    CONNECTED,
                    RESUMED,
                    DISCONNECTED,
                    ATTEMPT_FAILED,
                    PLAN_MADE,
                    EXHAUSTED,
                    STOPPED,
                    RETIRED -> true;
            case ERROR_OCCURRED,
                    BUDGET_COUNTED,
                    DISAGREEMENT_FOUND,
                    STATUS_PAGE_READ,
                    OPERATOR_ACTED,
                    PROCESS_PAUSED,
                    CLOCK_SET -> false;
        };
    }
}
