package dev.gatewatch.history;

import dev.gatewatch.connection.Endpoint;
import dev.gatewatch.connection.Recovery;
import dev.gatewatch.history.Sql.Row;
import dev.gatewatch.history.StoredEvent.Detail;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table {@code event}. */
final class EventTable {

    private static final String COLUMNS =
            "id, instance_id, shard_id, at_ms, kind, attempt, recovery, endpoint, cause, code,"
                    + " duration_ms, replayed, message";

    /** How many ids one statement asks for; each database has a limit far above. */
    private static final int IDS = 1_000;

    private final String instance;

    EventTable(String instance) {
        this.instance = instance;
    }

    /** Inserts events; gives back those that were not there yet. */
    List<StoredEvent> insert(Connection connection, List<StoredEvent> events) throws SQLException {
        Set<String> known = known(connection, events);
        Sql.batch(
                connection,
                "INSERT INTO event (" + COLUMNS + ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING",
                events.stream().map(EventTable::values).toList());
        return events.stream().filter(event -> known.add(event.id())).toList();
    }

    /** Those ids that are there already. A driver that joins inserts into one does not count which rows are new. */
    private Set<String> known(Connection connection, List<StoredEvent> events) throws SQLException {
        Set<String> known = new HashSet<>();
        for (int from = 0; from < events.size(); from += IDS) {
            List<String> ids = events.subList(from, Math.min(events.size(), from + IDS)).stream()
                    .map(StoredEvent::id)
                    .toList();
            known.addAll(Sql.of("SELECT id FROM event WHERE instance_id = ?", instance)
                    .andIn("id", ids)
                    .list(connection, row -> row.text("id")));
        }
        return known;
    }

    List<StoredEvent> page(Connection connection, EventQuery query) throws SQLException {
        Sql sql = Sql.of("SELECT " + COLUMNS + " FROM event WHERE instance_id = ?", instance)
                .andIf(query.from(), " AND at_ms >= ?")
                .andIf(query.to(), " AND at_ms < ?")
                .andIf(query.shard(), " AND shard_id = ?")
                .andIn("kind", query.kinds());
        Position after = query.after();
        if (after != null) {
            sql.and(" AND (at_ms, id) < (?, ?)", after.at(), after.id());
        }
        return sql.and(" ORDER BY at_ms DESC, id DESC LIMIT ?", query.limit() + 1)
                .list(connection, EventTable::read);
    }

    List<StoredEvent> between(Connection connection, String after, String until, int limit) throws SQLException {
        return Sql.of(
                        "SELECT " + COLUMNS
                                + " FROM event WHERE instance_id = ? AND id > ? AND id <= ? ORDER BY id LIMIT ?",
                        instance,
                        after,
                        until,
                        limit)
                .list(connection, EventTable::read);
    }

    /** Whether there is an event with this id or a lower one. */
    boolean reachBackTo(Connection connection, String id) throws SQLException {
        return !Sql.of("SELECT id FROM event WHERE instance_id = ? AND id <= ? LIMIT 1", instance, id)
                .list(connection, row -> row.text("id"))
                .isEmpty();
    }

    List<StoredEvent> timeline(Connection connection, int shard, Instant from, Instant to, int limit)
            throws SQLException {
        return Sql.of(
                        "SELECT " + COLUMNS + " FROM event WHERE instance_id = ? AND shard_id = ?"
                                + " AND at_ms >= ? AND at_ms <= ? ORDER BY at_ms, id LIMIT ?",
                        instance,
                        shard,
                        from,
                        to,
                        limit)
                .list(connection, EventTable::read);
    }

    int prune(Connection connection, Instant before, int limit) throws SQLException {
        return Sql.of(
                        "DELETE FROM event WHERE (instance_id, at_ms, id) IN (SELECT instance_id, at_ms, id FROM event"
                                + " WHERE instance_id = ? AND at_ms < ? ORDER BY at_ms, id LIMIT ?)",
                        instance,
                        before,
                        limit)
                .update(connection);
    }

    private static @Nullable Object[] values(StoredEvent event) {
        Detail detail = event.detail();
        return new @Nullable Object[] {
            event.id(),
            event.instance(),
            event.shard(),
            event.at(),
            event.kind(),
            detail.attempt(),
            detail.recovery(),
            detail.endpoint(),
            detail.cause(),
            detail.code(),
            detail.duration(),
            detail.replayed(),
            detail.message()
        };
    }

    private static StoredEvent read(Row row) throws SQLException {
        Long millis = row.numberOrNull("duration_ms");
        Detail detail = new Detail(
                row.intOrNull("attempt"),
                row.constantOrNull(Recovery.class, "recovery"),
                row.constantOrNull(Endpoint.class, "endpoint"),
                row.textOrNull("cause"),
                row.intOrNull("code"),
                millis == null ? null : Duration.ofMillis(millis),
                row.intOrNull("replayed"),
                row.textOrNull("message"));
        return new StoredEvent(
                row.text("id"),
                row.text("instance_id"),
                (int) row.number("shard_id"),
                row.time("at_ms"),
                row.constant(EventKind.class, "kind"),
                detail);
    }
}
