package dev.gatewatch.history;

/** How the database does, as {@code /health} says it. */
public enum DatabaseStatus {
    HEALTHY,
    /** It cannot be written; events wait in memory and in the journal. */
    UNHEALTHY,
    /** No history is kept. */
    DISABLED
}
