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
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteErrorCode;

/** A file beside the program. */
final class SqliteDatabase implements Database {

    private static final Logger log = Logger.getLogger(SqliteDatabase.class);

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss'Z'").withZone(ZoneOffset.UTC);

    private final Path file;
    private final String instance;
    private final Clock clock;
    private final Map<String, String> pragmas;
    private @Nullable AgroalDataSource pool;
    private @Nullable SqliteFile opened;
    private SqliteFile.@Nullable Header lookedOver;

    /** What a user of the open database has met. Each opening has its own, since a late reader may still speak of the one before. */
    private AtomicReference<@Nullable SQLException> damage = new AtomicReference<>();

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
        AgroalDataSource source = Pool.of(factory -> {
            properties().forEach((name, value) -> factory.jdbcProperty(name.toString(), value.toString()));
            return factory.jdbcUrl(url()).connectionProviderClass(JDBC.class);
        });
        pool = source;
        AtomicReference<@Nullable SQLException> met = new AtomicReference<>();
        damage = met;
        Migrations.apply(source, Dialect.SQLITE, name());
        return new JdbcHistoryStore(source, Dialect.SQLITE, instance, failure -> {
            if (isCorrupt(failure)) {
                met.compareAndSet(null, failure);
            }
        });
    }

    @Override
    public void verify() {
        SqliteFile present = opened;
        if (present == null) {
            return;
        }
        SQLException met = damage.get();
        try {
            if (!present.isInPlace()) {
                throw new HistoryUnavailableException(
                        file + " was removed or replaced while it was in use. What it held is"
                                + " lost, unless you have it elsewhere. The file that is there now is used, or a new one is made");
            }
            if (met != null) {
                throw met;
            }
            lookOver(present.header());
        } catch (IOException | SQLException e) {
            throw new HistoryUnavailableException(file + " cannot be used any more: " + e.getMessage(), e);
        }
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
    public Optional<String> setAside() {
        close();
        Path aside = asideName();
        boolean there = Files.exists(file);
        try {
            moveAside(aside, "", "-wal", "-shm");
        } catch (IOException e) {
            throw new HistoryUnavailableException("The corrupt " + file + " could not be renamed to " + aside, e);
        }
        return there ? Optional.of(aside.toString()) : Optional.empty();
    }

    @Override
    public void close() {
        AgroalDataSource open = pool;
        pool = null;
        if (open != null) {
            open.close();
        }
        SqliteFile present = opened;
        opened = null;
        lookedOver = null;
        try {
            if (present != null) {
                present.close();
                if (present.hasLeftItsLog()) {
                    moveAside(asideName(), "-wal", "-shm");
                }
            }
        } catch (IOException e) {
            log.debugf("What is left of %s could not be put aside: %s", file, e);
        }
    }

    private void moveAside(Path aside, String... suffixes) throws IOException {
        for (String suffix : suffixes) {
            Path part = file.resolveSibling(file.getFileName() + suffix);
            if (Files.exists(part)) {
                Files.move(part, aside.resolveSibling(aside.getFileName() + suffix));
            }
        }
    }

    private Path asideName() {
        String name = file.getFileName() + ".corrupt-" + DATE.format(clock.instant());
        Path aside = file.resolveSibling(name);
        for (int number = 2; Files.exists(aside); number++) {
            aside = file.resolveSibling(name + "-" + number);
        }
        return aside;
    }

    /** A file that is too short is looked over by SQLite, once: its log may hold what the file lacks. */
    private void lookOver(SqliteFile.Header header) throws SQLException {
        if (!header.isSqlite()) {
            throw corrupt("it was truncated or overwritten, since it does not begin as an SQLite database does");
        }
        if (header.isShort() && !header.equals(lookedOver)) {
            try (Connection connection = JDBC.createConnection(url(), properties());
                    Statement statement = connection.createStatement()) {
                quickCheck(statement);
            }
            lookedOver = header;
        }
    }

    /** Sets what only a connection of its own can set, and looks the file over. */
    private void prepare() {
        try {
            opened = SqliteFile.open(file);
        } catch (IOException e) {
            throw new HistoryUnavailableException(file + " cannot be opened or made: " + e, e);
        }
        try (Connection connection = JDBC.createConnection(url(), properties());
                Statement statement = connection.createStatement()) {
            // Without effect on a file that has tables already, which then has it.
            statement.execute("PRAGMA auto_vacuum = INCREMENTAL");
            statement.execute("PRAGMA journal_mode = WAL");
            quickCheck(statement);
        } catch (SQLException e) {
            throw new HistoryUnavailableException(file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static void quickCheck(Statement statement) throws SQLException {
        try (ResultSet check = statement.executeQuery("PRAGMA quick_check(1)")) {
            String result = check.next() ? check.getString(1) : "nothing";
            if (!"ok".equals(result)) {
                throw corrupt("quick_check: " + result);
            }
        }
    }

    private static SQLException corrupt(String message) {
        return new SQLException(message, null, SQLiteErrorCode.SQLITE_CORRUPT.code);
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
