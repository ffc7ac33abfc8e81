package dev.gatewatch.history;

/**
 * How the writing of the history does, since the process started.
 *
 * @param written entries that are in the database
 * @param failures how often the database did not take what it was given, retries included
 * @param journalled entries that went to the journal because the database did not take them
 * @param refused entries that the database will never take, put aside
 * @param lost entries that neither took
 * @param waiting entries that wait in memory now
 * @param capacity how many may
 * @param healthy whether the database takes what it is given
 */
public record HistoryFigures(
        long written,
        long failures,
        long journalled,
        long refused,
        long lost,
        int waiting,
        int capacity,
        boolean healthy) {}
