package dev.gatewatch.history;

import dev.gatewatch.history.Run.SetBack;
import dev.gatewatch.history.Sql.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table {@code shard_run}, and the times that a run noted in other tables. */
final class RunTable {

    /** What was noted this shortly before the clock was found to be set was noted by the new clock. */
    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(2);

    private static final String COLUMNS =
            "instance_id, shard_id, id, started_ms, carried_id, ahead_from_ms, ahead_to_ms,"
                    + " back_id, back_at_ms, back_ms, back_started_ms";

    private final String instance;

    RunTable(String instance) {
        this.instance = instance;
    }

    Optional<Run> find(Connection connection, int shard) throws SQLException {
        return Sql.of("SELECT " + COLUMNS + " FROM shard_run WHERE instance_id = ? AND shard_id = ?", instance, shard)
                .list(connection, RunTable::read)
                .stream()
                .findFirst();
    }

    void save(Connection connection, int shard, Run run) throws SQLException {
        Span ahead = run.ahead();
        SetBack back = run.back();
        Sql.of("DELETE FROM shard_run WHERE instance_id = ? AND shard_id = ?", instance, shard)
                .update(connection);
        Sql.of(
                        "INSERT INTO shard_run (" + COLUMNS + ") VALUES (?,?,?,?,?,?,?,?,?,?,?)",
                        instance,
                        shard,
                        run.id(),
                        run.started(),
                        run.carried(),
                        ahead == null ? null : ahead.from(),
                        ahead == null ? null : ahead.to(),
                        back == null ? null : back.id(),
                        back == null ? null : back.at(),
                        back == null ? null : back.by(),
                        back == null ? null : back.started())
                .update(connection);
    }

    /** The clock was set back to this moment: what the run noted by the old clock, and would lie after it, is moved. */
    void moveBack(Connection connection, int shard, Run run, Instant now, Duration by) throws SQLException {
        Sql.of(
                        "UPDATE incident SET noted_start_ms = coalesce(noted_start_ms, start_ms),"
                                + " noted_end_ms = coalesce(noted_end_ms, end_ms),"
                                + " start_ms = CASE WHEN start_ms > ? OR id NOT IN (?, ?) THEN start_ms + ? ELSE start_ms END,"
                                + " end_ms = CASE WHEN start_ms > ? OR id NOT IN (?, ?) OR end_ms + ? > start_ms"
                                + " THEN end_ms + ? ELSE start_ms END"
                                + " WHERE instance_id = ? AND shard_id = ? AND run_id = ? AND (end_ms IS NULL OR end_ms > ?)",
                        now,
                        run.id(),
                        carried(run),
                        by,
                        now,
                        run.id(),
                        carried(run),
                        by,
                        by,
                        instance,
                        shard,
                        run.id(),
                        now)
                .update(connection);
        Sql.of(
                        "UPDATE absence SET noted_to_ms = coalesce(noted_to_ms, to_ms),"
                                + " to_ms = CASE WHEN from_ms > ? THEN from_ms ELSE ? END"
                                + " WHERE instance_id = ? AND shard_id = ? AND run_id = ? AND to_ms > ?",
                        now,
                        now,
                        instance,
                        shard,
                        run.id(),
                        now)
                .update(connection);
    }

    /** The clock was set forward to where it would be: what was moved is as it was, and what was noted since is moved. */
    void restore(Connection connection, int shard, Run run, SetBack back, Instant now, Duration by)
            throws SQLException {
        Instant fresh = now.minus(NOTICED_WITHIN);
        Sql.of(
                        "UPDATE incident SET start_ms = coalesce(noted_start_ms,"
                                + " CASE WHEN start_ms < ? THEN start_ms + ? ELSE start_ms END),"
                                + " end_ms = coalesce(noted_end_ms, CASE WHEN end_ms < ? THEN end_ms + ? ELSE end_ms END),"
                                + " noted_start_ms = NULL, noted_end_ms = NULL"
                                + " WHERE instance_id = ? AND shard_id = ? AND run_id = ?"
                                + " AND (noted_start_ms IS NOT NULL OR id > ?)",
                        fresh,
                        by,
                        fresh,
                        by,
                        instance,
                        shard,
                        run.id(),
                        back.id())
                .update(connection);
        Sql.of(
                        "DELETE FROM absence WHERE instance_id = ? AND shard_id = ? AND run_id = ? AND event_id > ?",
                        instance,
                        shard,
                        run.id(),
                        back.id())
                .update(connection);
        Sql.of(
                        "UPDATE absence SET to_ms = noted_to_ms, noted_to_ms = NULL"
                                + " WHERE instance_id = ? AND shard_id = ? AND run_id = ? AND noted_to_ms IS NOT NULL",
                        instance,
                        shard,
                        run.id())
                .update(connection);
    }

    /** The clock was behind since the start: all that the run noted is moved, and no time was skipped. */
    void moveForward(Connection connection, int shard, Run run, Instant now, Duration by) throws SQLException {
        Instant fresh = now.minus(NOTICED_WITHIN);
        Sql.of(
                        "UPDATE incident SET start_ms = CASE WHEN id <> ? AND start_ms < ? THEN start_ms + ? ELSE start_ms END,"
                                + " end_ms = CASE WHEN end_ms < ? THEN end_ms + ? ELSE end_ms END,"
                                + " noted_start_ms = NULL, noted_end_ms = NULL"
                                + " WHERE instance_id = ? AND shard_id = ? AND run_id = ?",
                        carried(run),
                        fresh,
                        by,
                        fresh,
                        by,
                        instance,
                        shard,
                        run.id())
                .update(connection);
        Sql.of("DELETE FROM absence WHERE instance_id = ? AND shard_id = ? AND run_id = ?", instance, shard, run.id())
                .update(connection);
    }

    /** Forgets the runs of shards that are forgotten. */
    void prune(Connection connection) throws SQLException {
        Sql.of(
                        "DELETE FROM shard_run WHERE instance_id = ? AND shard_id NOT IN (SELECT shard_id FROM shard"
                                + " WHERE instance_id = ?)",
                        instance,
                        instance)
                .update(connection);
    }

    private static String carried(Run run) {
        return Objects.requireNonNullElse(run.carried(), run.id());
    }

    private static Run read(Row row) throws SQLException {
        return new Run(
                row.text("id"),
                row.time("started_ms"),
                row.textOrNull("carried_id"),
                span(row.timeOrNull("ahead_from_ms"), row.timeOrNull("ahead_to_ms")),
                back(row));
    }

    private static @Nullable Span span(@Nullable Instant from, @Nullable Instant to) {
        return from == null || to == null ? null : new Span(from, to);
    }

    private static @Nullable SetBack back(Row row) throws SQLException {
        String id = row.textOrNull("back_id");
        return id == null
                ? null
                : new SetBack(
                        id,
                        row.time("back_at_ms"),
                        Duration.ofMillis(row.number("back_ms")),
                        row.time("back_started_ms"));
    }
}
