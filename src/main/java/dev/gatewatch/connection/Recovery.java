package dev.gatewatch.connection;

/** How a lost connection is won back. */
public enum Recovery {
    /** Continue the session where it stopped: missed events are replayed, no IDENTIFY is spent. */
    RESUME,
    /** Begin a new session: costs one IDENTIFY of the daily budget. */
    IDENTIFY,
    /** Do nothing more: only a person can repair the cause. */
    STOP
}
