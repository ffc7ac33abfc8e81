package dev.gatewatch.history;

import dev.gatewatch.connection.Recovery;
import dev.gatewatch.history.Sql.Row;
import dev.gatewatch.history.Verdict.Blame;
import dev.gatewatch.history.Verdict.Confidence;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The table {@code incident}. */
final class IncidentTable {

    private static final String COLUMNS =
            "id, instance_id, shard_id, start_ms, end_ms, cause, message, failures, attempts,"
                    + " recovery, status_page, blame, confidence, evidence";

    private final String instance;

    IncidentTable(String instance) {
        this.instance = instance;
    }

    /**
     * Inserts an incident, or changes it.
     *
     * @param run the id of the run that does; null when it is not known
     */
    void save(Connection connection, Incident incident, @Nullable String run) throws SQLException {
        Verdict verdict = incident.verdict();
        Sql.of(
                        "INSERT INTO incident (" + COLUMNS
                                + ", run_id) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (id) DO UPDATE SET"
                                + " run_id = excluded.run_id,"
                                + " noted_start_ms = CASE WHEN excluded.run_id = incident.run_id"
                                + " THEN incident.noted_start_ms END,"
                                + " noted_end_ms = CASE WHEN excluded.run_id = incident.run_id"
                                + " AND excluded.end_ms = incident.end_ms THEN incident.noted_end_ms END,"
                                + " start_ms = excluded.start_ms, cause = excluded.cause, message = excluded.message,"
                                + " end_ms = excluded.end_ms, failures = excluded.failures, attempts = excluded.attempts,"
                                + " recovery = excluded.recovery, status_page = excluded.status_page, blame = excluded.blame,"
                                + " confidence = excluded.confidence, evidence = excluded.evidence",
                        incident.id(),
                        incident.instance(),
                        incident.shard(),
                        incident.start(),
                        incident.end(),
                        incident.cause(),
                        incident.message(),
                        incident.failures().text(),
                        incident.attempts(),
                        incident.recovery(),
                        incident.statusPage(),
                        verdict.blame(),
                        verdict.confidence(),
                        String.join("\n", verdict.evidence()),
                        run)
                .update(connection);
    }

    List<Incident> page(Connection connection, IncidentQuery query, Duration blip, Instant now) throws SQLException {
        Sql sql = Sql.of(
                        "SELECT " + COLUMNS
                                + " FROM incident WHERE instance_id = ? AND coalesce(end_ms, ?) - start_ms >= ?",
                        instance,
                        now,
                        blip)
                .andIf(query.from(), " AND start_ms >= ?")
                .andIf(query.to(), " AND start_ms < ?")
                .andIf(query.shard(), " AND shard_id = ?")
                .andIn("cause", query.causes())
                .andIn("blame", query.blames());
        Position after = query.after();
        if (after != null) {
            sql.and(" AND (start_ms, id) < (?, ?)", after.at(), after.id());
        }
        return sql.and(" ORDER BY start_ms DESC, id DESC LIMIT ?", query.limit() + 1)
                .list(connection, IncidentTable::read);
    }

    Optional<Incident> find(Connection connection, String id) throws SQLException {
        return select("id = ?", id).list(connection, IncidentTable::read).stream()
                .findFirst();
    }

    Optional<Incident> open(Connection connection, int shard) throws SQLException {
        return select("shard_id = ? AND end_ms IS NULL ORDER BY start_ms DESC LIMIT 1", shard)
                .list(connection, IncidentTable::read)
                .stream()
                .findFirst();
    }

    /** The newest as of this time; what begins or ends later was noted by a clock that was ahead. */
    Optional<Incident> latest(Connection connection, int shard, Instant at) throws SQLException {
        return select(
                        "shard_id = ? AND start_ms <= ? AND (end_ms IS NULL OR end_ms <= ?)"
                                + " ORDER BY start_ms DESC, id DESC LIMIT 1",
                        shard,
                        at,
                        at)
                .list(connection, IncidentTable::read)
                .stream()
                .findFirst();
    }

    /** Only what is counted of each: there may be tens of thousands of them, and the rest is most of the work. */
    void touching(Connection connection, Instant from, Instant to, Consumer<Incident> each) throws SQLException {
        Sql.of(
                        "SELECT id, shard_id, start_ms, end_ms, cause, blame FROM incident WHERE instance_id = ?"
                                + " AND start_ms < ? AND (end_ms IS NULL OR end_ms > ?)",
                        instance,
                        to,
                        from)
                .each(connection, this::loss, each);
    }

    /** How many other shards were lost between two times. */
    int othersLost(Connection connection, int shard, Instant from, Instant to) throws SQLException {
        return Sql.of(
                        "SELECT count(DISTINCT shard_id) AS shards FROM incident WHERE instance_id = ? AND shard_id <> ?"
                                + " AND start_ms <= ? AND (end_ms IS NULL OR end_ms >= ?)",
                        instance,
                        shard,
                        to,
                        from)
                .list(connection, row -> (int) row.number("shards"))
                .get(0);
    }

    int prune(Connection connection, Instant before, int limit) throws SQLException {
        Sql.of(
                        "DELETE FROM note WHERE incident_id IN (SELECT id FROM incident WHERE instance_id = ? AND end_ms < ?"
                                + " ORDER BY end_ms, id LIMIT ?)",
                        instance,
                        before,
                        limit)
                .update(connection);
        return Sql.of(
                        "DELETE FROM incident WHERE id IN (SELECT id FROM incident WHERE instance_id = ? AND end_ms < ?"
                                + " ORDER BY end_ms, id LIMIT ?)",
                        instance,
                        before,
                        limit)
                .update(connection);
    }

    private Sql select(String condition, Object... values) {
        return Sql.of("SELECT " + COLUMNS + " FROM incident WHERE instance_id = ? AND ", instance)
                .and(condition, values);
    }

    private Incident loss(Row row) throws SQLException {
        return new Incident(
                row.text("id"),
                instance,
                (int) row.number("shard_id"),
                row.time("start_ms"),
                row.timeOrNull("end_ms"),
                row.text("cause"),
                "",
                FailureCounts.NONE,
                0,
                null,
                null,
                new Verdict(row.constant(Blame.class, "blame"), Confidence.LOW, List.of()));
    }

    private static Incident read(Row row) throws SQLException {
        return new Incident(
                row.text("id"),
                row.text("instance_id"),
                (int) row.number("shard_id"),
                row.time("start_ms"),
                row.timeOrNull("end_ms"),
                row.text("cause"),
                row.text("message"),
                FailureCounts.parse(row.text("failures")),
                (int) row.number("attempts"),
                row.constantOrNull(Recovery.class, "recovery"),
                row.textOrNull("status_page"),
                new Verdict(
                        row.constant(Blame.class, "blame"),
                        row.constant(Confidence.class, "confidence"),
                        row.text("evidence").lines().toList()));
    }
}
