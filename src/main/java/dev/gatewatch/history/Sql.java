package dev.gatewatch.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A statement under construction, with its parameters. Values become parameters, never text. */
public final class Sql {

    private static final int ROWS_AT_ONCE = 500;

    private final StringBuilder text;
    private final List<@Nullable Object> parameters = new ArrayList<>();

    private Sql(String text) {
        this.text = new StringBuilder(text);
    }

    /** Begins a statement. */
    public static Sql of(String text, @Nullable Object... values) {
        return new Sql("").and(text, values);
    }

    /** Goes on with the statement. */
    public Sql and(String more, @Nullable Object... values) {
        text.append(more);
        Arrays.stream(values).map(Sql::plain).forEach(parameters::add);
        return this;
    }

    /** Goes on, if the value is there. */
    public Sql andIf(@Nullable Object value, String more) {
        return value == null ? this : and(more, value);
    }

    /** Restricts a column to some values, if there are any. */
    public Sql andIn(String column, Collection<?> values) {
        if (values.isEmpty()) {
            return this;
        }
        return and(
                " AND " + column + " IN (" + String.join(",", Collections.nCopies(values.size(), "?")) + ")",
                values.toArray());
    }

    /** Runs a query. */
    public <T> List<T> list(Connection connection, Reader<T> reader) throws SQLException {
        List<T> rows = new ArrayList<>();
        each(connection, reader, rows::add);
        return rows;
    }

    /** Runs a query, and shows each row while it is read. */
    public <T> void each(Connection connection, Reader<T> reader, Consumer<T> consumer) throws SQLException {
        try (PreparedStatement statement = prepare(connection)) {
            statement.setFetchSize(ROWS_AT_ONCE);
            try (ResultSet results = statement.executeQuery()) {
                Row row = new Row(results);
                while (results.next()) {
                    consumer.accept(reader.read(row));
                }
            }
        }
    }

    /** Runs a change; tells how many rows it touched. */
    public int update(Connection connection) throws SQLException {
        try (PreparedStatement statement = prepare(connection)) {
            return statement.executeUpdate();
        }
    }

    /** Runs the same change for many rows of values; tells for each how many rows it touched. */
    public static int[] batch(Connection connection, String text, List<@Nullable Object[]> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            for (@Nullable Object[] row : rows) {
                bind(statement, Arrays.stream(row).map(Sql::plain).toList());
                statement.addBatch();
            }
            return statement.executeBatch();
        }
    }

    private PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text.toString());
        bind(statement, parameters);
        return statement;
    }

    private static void bind(PreparedStatement statement, List<? extends @Nullable Object> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Instant instant) {
            return instant.toEpochMilli();
        }
        if (value instanceof Duration duration) {
            return duration.toMillis();
        }
        if (value instanceof String words) {
            return words.replace("\0", ""); // PostgreSQL takes every character but this one
        }
        return value instanceof Enum<?> constant ? constant.name() : value;
    }

    /** Reads one row. */
    public interface Reader<T> {
        T read(Row row) throws SQLException;
    }

    /** A row of results. */
    public static final class Row {

        private final ResultSet results;

        Row(ResultSet results) {
            this.results = results;
        }

        public String text(String column) throws SQLException {
            return Objects.requireNonNull(results.getString(column), column);
        }

        public @Nullable String textOrNull(String column) throws SQLException {
            return results.getString(column);
        }

        public long number(String column) throws SQLException {
            return results.getLong(column);
        }

        public @Nullable Long numberOrNull(String column) throws SQLException {
            long value = results.getLong(column);
            return results.wasNull() ? null : value;
        }

        public @Nullable Integer intOrNull(String column) throws SQLException {
            int value = results.getInt(column);
            return results.wasNull() ? null : value;
        }

        public Instant time(String column) throws SQLException {
            return Instant.ofEpochMilli(results.getLong(column));
        }

        public @Nullable Instant timeOrNull(String column) throws SQLException {
            Long millis = numberOrNull(column);
            return millis == null ? null : Instant.ofEpochMilli(millis);
        }

        public <E extends Enum<E>> E constant(Class<E> type, String column) throws SQLException {
            return Enum.valueOf(type, text(column));
        }

        public <E extends Enum<E>> @Nullable E constantOrNull(Class<E> type, String column) throws SQLException {
            String name = results.getString(column);
            return name == null ? null : Enum.valueOf(type, name);
        }
    }
}
