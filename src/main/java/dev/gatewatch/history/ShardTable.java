package dev.gatewatch.history;

import dev.gatewatch.history.ShardRecord.Standing;
import dev.gatewatch.history.Sql.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table {@code shard}. */
final class ShardTable {

    private static final String SELECT =
            "SELECT instance_id, shard_id, standing, first_seen_ms, last_seen_ms FROM shard WHERE instance_id = ?";

    /** No shard's index: to write, and yet to change nothing. */
    private static final int NOBODY = -1;

    private final String instance;

    ShardTable(String instance) {
        this.instance = instance;
    }

    void save(Connection connection, ShardRecord shard) throws SQLException {
        Sql.of(
                        "INSERT INTO shard (instance_id, shard_id, standing, first_seen_ms, last_seen_ms) VALUES (?,?,?,?,?)"
                                + " ON CONFLICT (instance_id, shard_id) DO UPDATE SET standing = excluded.standing,"
                                + " first_seen_ms = excluded.first_seen_ms,"
                                + " last_seen_ms = excluded.last_seen_ms",
                        shard.instance(),
                        shard.shard(),
                        shard.standing(),
                        shard.firstSeen(),
                        shard.lastSeen())
                .update(connection);
    }

    /** Moves the time these shards were last seen forward, never back. */
    void pulse(Connection connection, Collection<Integer> shards, Instant at) throws SQLException {
        Sql.of("UPDATE shard SET last_seen_ms = ? WHERE instance_id = ? AND last_seen_ms < ?", at, instance, at)
                .andIn("shard_id", shards.isEmpty() ? List.of(NOBODY) : shards)
                .update(connection);
    }

    /**
     * Notes that a shard was not run in this time.
     *
     * @param event the id of the event that shows it
     * @param run the id of the run that notes it; null when it is not known
     */
    void leaveOut(Connection connection, int shard, Span absence, String event, @Nullable String run)
            throws SQLException {
        Sql.of(
                        "INSERT INTO absence (instance_id, shard_id, from_ms, to_ms, event_id, run_id) VALUES (?,?,?,?,?,?)"
                                + " ON CONFLICT (instance_id, shard_id, from_ms) DO UPDATE SET to_ms = excluded.to_ms,"
                                + " event_id = excluded.event_id, run_id = excluded.run_id, noted_to_ms = NULL"
                                + " WHERE excluded.to_ms > absence.to_ms",
                        instance,
                        shard,
                        absence.from(),
                        absence.to(),
                        event,
                        run)
                .update(connection);
    }

    /** Forgets absences that ended before, and shards that were not heard of since and have nothing open. */
    int prune(Connection connection, Instant before, int limit) throws SQLException {
        Sql.of("DELETE FROM absence WHERE instance_id = ? AND to_ms < ?", instance, before)
                .update(connection);
        return Sql.of(
                        "DELETE FROM shard WHERE instance_id = ? AND shard_id IN (SELECT shard_id FROM shard"
                                + " WHERE instance_id = ? AND last_seen_ms < ? AND shard_id NOT IN (SELECT shard_id FROM incident"
                                + " WHERE instance_id = ? AND end_ms IS NULL) ORDER BY shard_id LIMIT ?)",
                        instance,
                        instance,
                        before,
                        instance,
                        limit)
                .update(connection);
    }

    Optional<ShardRecord> find(Connection connection, int shard, @Nullable Incident open) throws SQLException {
        return Sql.of(SELECT, instance)
                .and(" AND shard_id = ?", shard)
                .list(connection, row -> read(row, open))
                .stream()
                .findFirst();
    }

    List<ShardRecord> all(Connection connection) throws SQLException {
        Map<Integer, List<Span>> absences = absences(connection);
        return Sql.of(SELECT, instance).and(" ORDER BY shard_id").list(connection, row -> read(row, null)).stream()
                .map(shard -> shard.absent(absences.getOrDefault(shard.shard(), List.of())))
                .toList();
    }

    private Map<Integer, List<Span>> absences(Connection connection) throws SQLException {
        Map<Integer, List<Span>> absences = new HashMap<>();
        Sql.of("SELECT shard_id, from_ms, to_ms FROM absence WHERE instance_id = ? ORDER BY from_ms", instance)
                .list(connection, row -> absences.computeIfAbsent((int) row.number("shard_id"), id -> new ArrayList<>())
                        .add(new Span(row.time("from_ms"), row.time("to_ms"))));
        return absences;
    }

    /** How many other shards were watched at a time. */
    int others(Connection connection, int shard, Instant at) throws SQLException {
        return Sql.of(
                        "SELECT count(*) AS shards FROM shard WHERE instance_id = ? AND shard_id <> ? AND first_seen_ms <= ?"
                                + " AND last_seen_ms >= ?",
                        instance,
                        shard,
                        at,
                        at.minus(ShardRecord.RETIRED_AFTER))
                .list(connection, row -> (int) row.number("shards"))
                .get(0);
    }

    private static ShardRecord read(Row row, @Nullable Incident open) throws SQLException {
        return new ShardRecord(
                row.text("instance_id"),
                (int) row.number("shard_id"),
                row.constant(Standing.class, "standing"),
                row.time("first_seen_ms"),
                row.time("last_seen_ms"),
                open);
    }
}
