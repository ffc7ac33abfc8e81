package dev.gatewatch.history;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;

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
        boolean refusesValues(SQLException failure) {
            // Extended codes carry the primary one in the lowest byte.
            return Set.of(
                            SQLiteErrorCode.SQLITE_CONSTRAINT.code,
                            SQLiteErrorCode.SQLITE_MISMATCH.code,
                            SQLiteErrorCode.SQLITE_TOOBIG.code,
                            SQLiteErrorCode.SQLITE_RANGE.code)
                    .contains(failure.getErrorCode() & 0xff);
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
        boolean refusesValues(SQLException failure) {
            String state = Objects.requireNonNullElse(failure.getSQLState(), "");
            return VALUE_ERRORS.stream().anyMatch(state::startsWith);
        }

        @Override
        void readRowByRow(Connection connection) throws SQLException {
            connection.setAutoCommit(false); // else the driver reads all rows before the first is seen
        }
    };

    /** How much one call gives back at most: 2,000 pages of 4 KiB. */
    private static final int PAGES = 2_000;

    /** Classes of SQLSTATE: wrong types, cardinality violation, data exception, integrity constraint, program limit. */
    private static final Set<String> VALUE_ERRORS = Set.of("07", "21", "22", "23", "54");

    private final String folder;

    Dialect(String folder) {
        this.folder = folder;
    }

    /** Where its migrations are, below {@code db/}. */
    String folder() {
        return folder;
    }

    /** Whether the database objects to the values it was given, and will whenever it is given them. */
    abstract boolean refusesValues(SQLException failure);

    /** Lets rows be seen while the rest is still to be read. */
    abstract void readRowByRow(Connection connection) throws SQLException;

    /** Gives back space that deleted rows leave behind, a bounded amount; tells whether there is more. */
    abstract boolean compact(Connection connection) throws SQLException;
}
