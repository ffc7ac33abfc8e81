package dev.gatewatch.history;

import java.util.Optional;

/** A database that can be opened, and opened again. Used from one thread. */
interface Database extends AutoCloseable {

    /**
     * Connects and brings the schema up to date.
     *
     * @throws NewerSchemaException when the schema is of a version that this program does not know
     * @throws HistoryUnavailableException when the database does not do as asked
     */
    HistoryStore open();

    /** What to call it in messages; holds no password. */
    String name();

    /**
     * Looks whether what was opened is still there, as far as that can be told at once, and whether somebody who read has found otherwise.
     *
     * @throws HistoryUnavailableException when it is not
     */
    default void verify() {}

    /** Whether a failure means that the database is beyond use, and {@link #setAside} is called for. */
    default boolean isCorrupt(Throwable failure) {
        return false;
    }

    /** Closes it, and puts it where the next {@link #open} does not find it; returns the new place, if there was something to put there. */
    default Optional<String> setAside() {
        throw new UnsupportedOperationException(name() + " cannot be set aside");
    }

    /** Closes its connections; it may be opened again. */
    @Override
    void close();
}
