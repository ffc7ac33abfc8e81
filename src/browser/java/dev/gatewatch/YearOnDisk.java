package dev.gatewatch;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Fills a history that the service has made with a year of many shards, as the default retention would have left it: minutes of
 * a week, hours and events of 90 days, days, losses and incidents of the year. A reconnect every two hours, an outage a month.
 */
final class YearOnDisk {

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long DAY = Duration.ofDays(1).toMillis();

    private static final String COUNT =
            "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?), s(k) AS (SELECT 0 UNION ALL SELECT k + 1"
                    + " FROM s WHERE k < ?) ";
    private static final String SAMPLES = "INSERT OR IGNORE INTO sample " + COUNT
            + "SELECT 'default', ? / 1000, ? - (i + 1) * ?, k, 0, ?, ?, 38000 + (i * 7919 + k * 104729) % 30000,"
            + " 70000 + (i * 31 + k * 977) % 90000, 60, 120, 48000 FROM n, s";
    private static final String LOSSES =
            "INSERT OR IGNORE INTO incident (id, instance_id, shard_id, start_ms, end_ms, cause,"
                    + " message, failures, attempts, recovery, status_page, blame, confidence, evidence) " + COUNT
                    + "SELECT printf('Y%06dS%03d', i, k), 'default', k, ? - (i + 1) * ? + k * 60000, ? - (i + 1) * ? + k * 60000 + ?, ?, ?, ?, 1,"
                    + " 'RESUME', NULL, ?, 'HIGH', ? FROM n, s";
    private static final String EVENTS = "INSERT OR IGNORE INTO event " + COUNT
            + "SELECT 'default', ? - (i + 1) * 7200000 + k * 60000 + ?, printf('0Y%06dS%03d%d', i, k, ?), k, ?, 1, 'RESUME',"
            + " 'RESUME_URL', NULL, NULL, 0, 3, ? FROM n, s";

    private YearOnDisk() {}

    /** Fills it up to now; the service must not run. */
    static void fill(Path directory, int shards, Instant now) throws SQLException {
        long end = now.toEpochMilli();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("gatewatch.db"))) {
            connection.setAutoCommit(false);
            for (int shard = 0; shard < shards; shard++) {
                run(
                        connection,
                        "INSERT OR REPLACE INTO shard VALUES ('default', ?, 'UP', ?, ?)",
                        List.of(shard, end - 365 * DAY, end));
            }
            samples(connection, shards, end - end % MINUTE, MINUTE, 7 * 1_440);
            samples(connection, shards, end - end % HOUR, HOUR, 90 * 24);
            samples(connection, shards, end - end % DAY, DAY, 365);
            losses(
                    connection,
                    shards,
                    end,
                    2 * HOUR,
                    12 * 365,
                    90,
                    "RECONNECT_REQUESTED",
                    "Discord asked to reconnect (op 7)");
            losses(connection, shards, end, 30 * DAY, 12, 300_000, "CONNECT", "TCP could not be connected");
            for (String kind : List.of("DISCONNECTED", "PLAN_MADE", "ATTEMPT_STARTED", "HELLO_RECEIVED", "RESUMED")) {
                int order = kind.length();
                run(
                        connection,
                        EVENTS,
                        List.of(12 * 90, shards - 1, end, order, order, kind, "Discord asked to reconnect (op 7)"));
            }
            connection.commit();
        }
    }

    private static void samples(Connection connection, int shards, long end, long step, int count) throws SQLException {
        run(connection, SAMPLES, List.of(count - 1, shards - 1, step, end, step, step, step));
    }

    private static void losses(
            Connection connection,
            int shards,
            long end,
            long every,
            int count,
            long lasting,
            String cause,
            String message)
            throws SQLException {
        String blame = cause.equals("CONNECT") ? "NETWORK" : "DISCORD";
        run(
                connection,
                LOSSES.replace("'Y%", "'" + cause.charAt(0) + "Y%"),
                List.of(
                        count - 1,
                        shards - 1,
                        end,
                        every,
                        end,
                        every,
                        lasting,
                        cause,
                        message,
                        cause + "=1",
                        blame,
                        message + ", and it came back by a resume."));
    }

    private static void run(Connection connection, String sql, List<?> values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            statement.executeUpdate();
        }
    }
}
