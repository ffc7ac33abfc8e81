package dev.gatewatch.history;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What to do within one transaction.
 *
 * @param <T> what it gives
 */
@FunctionalInterface
public interface Transaction<T> {
    /** Does it; what it throws undoes it. */
    T on(Connection connection) throws SQLException;
}
