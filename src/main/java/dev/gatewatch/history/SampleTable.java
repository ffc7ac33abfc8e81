package dev.gatewatch.history;

import dev.gatewatch.connection.Phase;
import dev.gatewatch.history.Sql.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table {@code sample}: minutes, and the hours and days made of them. */
final class SampleTable {

    private static final String COLUMNS = "instance_id, step_s, at_ms, shard_id, phase, up_ms, span_ms, latency_us,"
            + " latency_max_us, beats, guilds, users";

    private final String instance;

    SampleTable(String instance) {
        this.instance = instance;
    }

    /** Whether a shard other than this one was connected in a whole step between two times. */
    boolean isAnotherConnected(Connection connection, int shard, Instant from, Instant to) throws SQLException {
        for (Step step : Step.values()) {
            boolean found = !Sql.of(
                            "SELECT at_ms FROM sample WHERE instance_id = ? AND step_s = ? AND at_ms >= ? AND at_ms <= ?"
                                    + " AND shard_id <> ? AND up_ms > 0 LIMIT 1",
                            instance,
                            step.seconds(),
                            from,
                            to.minus(step.length()),
                            shard)
                    .list(connection, row -> row.time("at_ms"))
                    .isEmpty();
            if (found) {
                return true;
            }
        }
        return false;
    }

    /** Inserts minutes, and works out anew the hours and days that they lie in. */
    void insert(Connection connection, List<Sample> samples) throws SQLException {
        Sql.batch(
                connection,
                "INSERT INTO sample (" + COLUMNS + ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING",
                samples.stream().map(SampleTable::values).toList());
        rollUp(connection, Step.MINUTE, Step.HOUR, samples);
        rollUp(connection, Step.HOUR, Step.DAY, samples);
    }

    List<Sample> list(Connection connection, Step step, Instant from, Instant to, int limit) throws SQLException {
        return Sql.of(
                        "SELECT " + COLUMNS
                                + " FROM sample WHERE instance_id = ? AND step_s = ? AND at_ms >= ? AND at_ms < ?"
                                + " ORDER BY at_ms, shard_id LIMIT ?",
                        instance,
                        step.seconds(),
                        from,
                        to,
                        limit)
                .list(connection, row -> read(row, step));
    }

    /** Those of one shard. */
    List<Sample> listOf(Connection connection, int shard, Step step, Instant from, Instant to, int limit)
            throws SQLException {
        return Sql.of(
                        "SELECT " + COLUMNS + " FROM sample WHERE instance_id = ? AND step_s = ? AND at_ms >= ?"
                                + " AND at_ms < ? AND shard_id = ? ORDER BY at_ms LIMIT ?",
                        instance,
                        step.seconds(),
                        from,
                        to,
                        shard,
                        limit)
                .list(connection, row -> read(row, step));
    }

    /** All shards as one, {@link Sample#TOGETHER}: times and counts added up, latency weighed by heartbeats, the worst phase. */
    List<Sample> listTogether(Connection connection, Step step, Instant from, Instant to, int limit)
            throws SQLException {
        return Sql.of(
                        "SELECT instance_id, at_ms, " + Sample.TOGETHER
                                + " AS shard_id, max(phase) AS phase, sum(up_ms) AS up_ms,"
                                + " sum(span_ms) AS span_ms, sum(latency_us * beats) / nullif(sum(beats), 0) AS latency_us,"
                                + " max(latency_max_us) AS latency_max_us, sum(beats) AS beats, sum(guilds) AS guilds,"
                                + " sum(users) AS users FROM sample WHERE instance_id = ? AND step_s = ? AND at_ms >= ?"
                                + " AND at_ms < ? GROUP BY instance_id, at_ms ORDER BY at_ms LIMIT ?",
                        instance,
                        step.seconds(),
                        from,
                        to,
                        limit)
                .list(connection, row -> read(row, step));
    }

    private void rollUp(Connection connection, Step fine, Step coarse, List<Sample> samples) throws SQLException {
        for (Instant begin :
                samples.stream().map(sample -> coarse.floor(sample.at())).collect(Collectors.toSet())) {
            rollUp(connection, fine, coarse, begin);
        }
    }

    /**
     * Makes one step for each shard out of the finer ones in it. A step that is there already, made of more time than the finer ones
     * still cover, stays as it is: retention has taken the rest of them.
     */
    private void rollUp(Connection connection, Step fine, Step coarse, Instant begin) throws SQLException {
        long length = coarse.length().toMillis();
        // The length is written out: as a parameter, PostgreSQL could not tell that both places group alike.
        String bucket = "at_ms - at_ms % " + length;
        Sql.of(
                        "INSERT INTO sample (" + COLUMNS + ") SELECT instance_id, " + coarse.seconds() + ", " + bucket
                                + ", shard_id, max(phase), sum(up_ms), sum(span_ms),"
                                + " sum(latency_us * beats) / nullif(sum(beats), 0), max(latency_max_us), sum(beats), max(guilds),"
                                + " max(users) FROM sample WHERE instance_id = ? AND step_s = ? AND at_ms >= ? AND at_ms < ?"
                                + " GROUP BY instance_id, shard_id, " + bucket
                                + " ON CONFLICT (instance_id, step_s, at_ms, shard_id) DO UPDATE SET phase = excluded.phase,"
                                + " up_ms = excluded.up_ms, span_ms = excluded.span_ms, latency_us = excluded.latency_us,"
                                + " latency_max_us = excluded.latency_max_us, beats = excluded.beats,"
                                + " guilds = excluded.guilds, users = excluded.users"
                                + " WHERE excluded.span_ms >= sample.span_ms",
                        instance,
                        fine.seconds(),
                        begin,
                        begin.plus(coarse.length()))
                .update(connection);
    }

    int prune(Connection connection, Step step, Instant before, int limit) throws SQLException {
        return Sql.of(
                        "DELETE FROM sample WHERE (instance_id, step_s, at_ms, shard_id) IN (SELECT instance_id, step_s, at_ms,"
                                + " shard_id FROM sample WHERE instance_id = ? AND step_s = ? AND at_ms < ?"
                                + " ORDER BY at_ms, shard_id LIMIT ?)",
                        instance,
                        step.seconds(),
                        before,
                        limit)
                .update(connection);
    }

    private static @Nullable Object[] values(Sample sample) {
        return new @Nullable Object[] {
            sample.instance(),
            sample.step().seconds(),
            sample.at(),
            sample.shard(),
            Rank.of(sample.phase()).number,
            sample.up(),
            sample.span(),
            micros(sample.latency()),
            micros(sample.latencyMax()),
            sample.beats(),
            sample.guilds(),
            sample.users()
        };
    }

    private static Sample read(Row row, Step step) throws SQLException {
        return new Sample(
                row.text("instance_id"),
                (int) row.number("shard_id"),
                step,
                row.time("at_ms"),
                Rank.of((int) row.number("phase")),
                Duration.ofMillis(row.number("up_ms")),
                Duration.ofMillis(row.number("span_ms")),
                duration(row.numberOrNull("latency_us")),
                duration(row.numberOrNull("latency_max_us")),
                (int) row.number("beats"),
                (int) row.number("guilds"),
                row.number("users"));
    }

    private static @Nullable Long micros(@Nullable Duration duration) {
        return duration == null ? null : duration.toNanos() / 1_000;
    }

    private static @Nullable Duration duration(@Nullable Long micros) {
        return micros == null ? null : Duration.ofNanos(micros * 1_000);
    }

    /** The phases as they are stored, the worse the greater, so that the database can find the worst. */
    private enum Rank {
        CONNECTED(Phase.CONNECTED, 0),
        STARTING(Phase.STARTING, 10),
        CONNECTING(Phase.CONNECTING, 20),
        RESUMING(Phase.RESUMING, 30),
        RECONNECTING(Phase.RECONNECTING, 40),
        DISCONNECTED(Phase.DISCONNECTED, 50),
        STOPPED(Phase.STOPPED, 60);

        private final Phase phase;
        private final int number;

        Rank(Phase phase, int number) {
            this.phase = phase;
            this.number = number;
        }

        static Rank of(Phase phase) {
            return Arrays.stream(values())
                    .filter(rank -> rank.phase == phase)
                    .findFirst()
                    .orElseThrow();
        }

        static Phase of(int number) {
            return Arrays.stream(values())
                    .filter(rank -> rank.number == number)
                    .findFirst()
                    .map(rank -> rank.phase)
                    .orElse(Phase.DISCONNECTED);
        }
    }
}
