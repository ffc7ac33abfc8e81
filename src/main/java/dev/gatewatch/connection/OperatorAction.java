package dev.gatewatch.connection;

/** What an operator can do to a running service. */
public enum OperatorAction {
    /** Start what is stopped. */
    START,
    /** Stop, and stay stopped until started. */
    STOP,
    /** Cut the connection, and resume the session on a new one. */
    RECONNECT,
    /** Cut the connection, drop the session, and begin a new one, which costs an IDENTIFY. */
    RECONNECT_WITH_NEW_SESSION,
    /** Read the token from its file again. */
    RELOAD_TOKEN,
    /** Record a maintenance window. */
    ADD_MAINTENANCE,
    /** Remove a maintenance window. */
    REMOVE_MAINTENANCE,
    /** Add a note to an incident. */
    ADD_NOTE,
    /** Send an alert that is none. */
    TEST_ALERT
}
