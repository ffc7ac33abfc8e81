package dev.gatewatch;

import static org.awaitility.Awaitility.await;

import dev.gatewatch.simulator.Simulator;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Gives a service that runs on SQLite a past that it did not live through: copies of a row that it has written itself. */
final class LongPast {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration AGO = Duration.ofHours(1);
    private static final int FACTS = 20_000;
    private static final Duration TWO_YEARS = Duration.ofDays(730);
    private static final int SHARDS = 16;
    private static final Duration BETWEEN_LOSSES = Duration.ofHours(2);

    private LongPast() {}

    /** Two years with many losses, and many facts from an hour ago. Returns the id of the first of these. */
    static String fill(Simulator simulator, RunningService service, Path dataDirectory) throws SQLException {
        service.awaitConnected();
        simulator.faults().inject("close", Map.of("code", 4000));
        losses(dataDirectory);
        service.awaitConnected();
        return facts(dataDirectory);
    }

    /** More facts than memory holds, from an hour ago, each of some 600 bytes. Returns the id of the first. */
    static String facts(Path dataDirectory) throws SQLException {
        String millis = "(at_ms - " + AGO.toMillis() + ")";
        String time = IntStream.iterate(45, bits -> bits >= 0, bits -> bits - 5)
                .mapToObj(bits ->
                        "substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 1 + (" + millis + " >> " + bits + " & 31), 1)")
                .collect(Collectors.joining(" || "));
        return fill(
                dataDirectory,
                "event",
                FACTS,
                "id = " + time + " || printf('%016d', rowid), at_ms = " + millis + ", message = printf('%.500c', 'x')");
    }

    /** A loss of each of 16 shards every two hours. */
    private static void losses(Path dataDirectory) throws SQLException {
        String start = "start_ms - (rowid / " + SHARDS + " + 1) * " + BETWEEN_LOSSES.toMillis();
        fill(
                dataDirectory,
                "incident",
                Math.toIntExact(TWO_YEARS.dividedBy(BETWEEN_LOSSES) * SHARDS),
                "id = printf('%026d', rowid), shard_id = rowid % " + SHARDS + ", start_ms = " + start + ", end_ms = "
                        + start + " + 60000");
    }

    private static String fill(Path dataDirectory, String table, int count, String changes) throws SQLException {
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + dataDirectory.resolve("gatewatch.db"));
                Statement statement = database.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 30000");
            await().atMost(PATIENCE)
                    .ignoreExceptions() // the table may not be there yet
                    .until(() -> hasRow(statement, table));
            statement.execute("CREATE TEMP TABLE past AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                    + " WHERE i < " + count + ") SELECT one.* FROM n, (SELECT * FROM " + table + " LIMIT 1) one");
            statement.execute("UPDATE past SET " + changes);
            statement.execute("INSERT INTO " + table + " SELECT * FROM past");
            try (ResultSet first = statement.executeQuery("SELECT min(id) FROM past")) {
                return first.getString(1);
            }
        }
    }

    private static boolean hasRow(Statement statement, String table) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT 1 FROM " + table)) {
            return row.next();
        }
    }
}
