package dev.gatewatch.history;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What SQLite and PostgreSQL differ in. */
enum Dialect {
    SQLITE("sqlite") {
        @Override
        boolean compact(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                // As an update: the pragma frees one page per step, and only an update is stepped to its end.
                statement.executeUpdate("PRAGMA incremental_vacuum(" + PAGES + ")");
                statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
                try (ResultSet free = statement.executeQuery("PRAGMA freelist_count")) {
                    return free.next() && free.getInt(1) > 0;
                }
            }
        }

        @Override
        void readRowByRow(Connection connection) {
            // always
        }
    },
    POSTGRESQL("postgresql") {
        @Override
        boolean compact(Connection connection) {
            return false; // autovacuum does it
        }

        @Override
        void readRowByRow(Connection connection) throws SQLException {
            connection.setAutoCommit(false); // else the driver reads all rows before the first is seen
        }
    };

    /** How much one call gives back at most: 2,000 pages of 4 KiB. */
    private static final int PAGES = 2_000;

    private final String folder;

    Dialect(String folder) {
        this.folder = folder;
    }

    /** Where its migrations are, below {@code db/}. */
    String folder() {
        return folder;
    }

    /** Lets rows be seen while the rest is still to be read. */
    abstract void readRowByRow(Connection connection) throws SQLException;

    /** Gives back space that deleted rows leave behind, a bounded amount; tells whether there is more. */
    abstract boolean compact(Connection connection) throws SQLException;
}
