package dev.gatewatch.history;

import dev.gatewatch.history.ShardRecord.Standing;
import dev.gatewatch.history.Sql.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
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

    Optional<ShardRecord> find(Connection connection, int shard, @Nullable Incident open) throws SQLException {
        return Sql.of(SELECT, instance)
                .and(" AND shard_id = ?", shard)
                .list(connection, row -> read(row, open))
                .stream()
                .findFirst();
    }

    List<ShardRecord> all(Connection connection) throws SQLException {
        return Sql.of(SELECT, instance).and(" ORDER BY shard_id").list(connection, row -> read(row, null));
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
