package dev.gatewatch.history;

import io.agroal.api.AgroalDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteErrorCode;

/** A file beside the program. */
final class SqliteDatabase implements Database {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss'Z'").withZone(ZoneOffset.UTC);

    private final Path file;
    private final String instance;
    private final Clock clock;
    private final Map<String, String> pragmas;
    private @Nullable AgroalDataSource pool;

    SqliteDatabase(Path file, String instance, Clock clock) {
        this(file, instance, clock, Map.of());
    }

    /** With pragmas of its own, read at every {@link #open}. */
    SqliteDatabase(Path file, String instance, Clock clock, Map<String, String> pragmas) {
        this.pragmas = pragmas;
        this.file = file.toAbsolutePath().normalize();
        this.instance = instance;
        this.clock = clock;
    }

    @Override
    public HistoryStore open() {
        close();
        prepare();
        AgroalDataSource opened = Pool.of(factory -> {
            properties().forEach((name, value) -> factory.jdbcProperty(name.toString(), value.toString()));
            return factory.jdbcUrl(url()).connectionProviderClass(JDBC.class);
        });
        pool = opened;
        Migrations.apply(opened, Dialect.SQLITE, name());
        return new JdbcHistoryStore(opened, Dialect.SQLITE, instance);
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public boolean isCorrupt(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                int primary = sql.getErrorCode() & 0xff; // extended codes carry the primary one in the lowest byte
                if (primary == SQLiteErrorCode.SQLITE_CORRUPT.code || primary == SQLiteErrorCode.SQLITE_NOTADB.code) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public String setAside() {
        close();
        String aside = file.getFileName() + ".corrupt-" + DATE.format(clock.instant());
        try {
            for (String suffix : List.of("", "-wal", "-shm")) {
                Path part = file.resolveSibling(file.getFileName() + suffix);
                if (Files.exists(part)) {
                    Files.move(part, file.resolveSibling(aside + suffix));
                }
            }
        } catch (IOException e) {
            throw new HistoryUnavailableException("The corrupt " + file + " could not be renamed to " + aside, e);
        }
        return file.resolveSibling(aside).toString();
    }

    @Override
    public void close() {
        AgroalDataSource open = pool;
        pool = null;
        if (open != null) {
            open.close();
        }
    }

    /** Sets what only a connection of its own can set, and looks the file over. */
    private void prepare() {
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new HistoryUnavailableException("The directory " + file.getParent() + " cannot be made", e);
        }
        try (Connection connection = JDBC.createConnection(url(), properties());
                Statement statement = connection.createStatement()) {
            // Without effect on a file that has tables already, which then has it.
            statement.execute("PRAGMA auto_vacuum = INCREMENTAL");
            statement.execute("PRAGMA journal_mode = WAL");
            try (ResultSet check = statement.executeQuery("PRAGMA quick_check(1)")) {
                String result = check.next() ? check.getString(1) : "nothing";
                if (!"ok".equals(result)) {
                    throw new SQLException("quick_check: " + result, null, SQLiteErrorCode.SQLITE_CORRUPT.code);
                }
            }
        } catch (SQLException e) {
            throw new HistoryUnavailableException(file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private String url() {
        return JDBC.PREFIX + file;
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("busy_timeout", "2000");
        properties.setProperty("synchronous", "FULL"); // a commit survives a power cut, not only kill -9
        properties.setProperty("transaction_mode", "IMMEDIATE"); // waits for the lock at the start, not in the middle
        properties.putAll(pragmas);
        return properties;
    }
}
