package dev.gatewatch.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The tables {@code note} and {@code maintenance}: what operators say. */
final class RemarkTables {

    private final String instance;

    RemarkTables(String instance) {
        this.instance = instance;
    }

    void insert(Connection connection, Note note, Incident incident) throws SQLException {
        Sql.of(
                        "INSERT INTO note (id, instance_id, shard_id, incident_id, at_ms, author, words) VALUES (?,?,?,?,?,?,?)",
                        note.id(),
                        instance,
                        incident.shard(),
                        incident.id(),
                        note.at(),
                        note.author(),
                        note.text())
                .update(connection);
    }

    List<Note> notes(Connection connection, String incident) throws SQLException {
        return Sql.of(
                        "SELECT id, incident_id, at_ms, author, words FROM note WHERE instance_id = ? AND incident_id = ? ORDER BY id",
                        instance,
                        incident)
                .list(
                        connection,
                        row -> new Note(
                                row.text("id"),
                                row.text("incident_id"),
                                row.time("at_ms"),
                                row.text("author"),
                                row.text("words")));
    }

    void insert(Connection connection, MaintenanceWindow window) throws SQLException {
        Sql.of(
                        "INSERT INTO maintenance (id, instance_id, from_ms, to_ms, reason) VALUES (?,?,?,?,?)",
                        window.id(),
                        instance,
                        window.from(),
                        window.to(),
                        window.reason())
                .update(connection);
    }

    boolean removeMaintenance(Connection connection, String id) throws SQLException {
        return Sql.of("DELETE FROM maintenance WHERE instance_id = ? AND id = ?", instance, id)
                        .update(connection)
                > 0;
    }

    List<MaintenanceWindow> maintenance(Connection connection, Instant from, Instant to) throws SQLException {
        return Sql.of(
                        "SELECT id, instance_id, from_ms, to_ms, reason FROM maintenance WHERE instance_id = ? AND from_ms < ?"
                                + " AND to_ms > ? ORDER BY from_ms, id",
                        instance,
                        to,
                        from)
                .list(
                        connection,
                        row -> new MaintenanceWindow(
                                row.text("id"),
                                row.text("instance_id"),
                                row.time("from_ms"),
                                row.time("to_ms"),
                                row.text("reason")));
    }

    int pruneMaintenance(Connection connection, Instant before, int limit) throws SQLException {
        return Sql.of(
                        "DELETE FROM maintenance WHERE id IN (SELECT id FROM maintenance WHERE instance_id = ? AND to_ms < ? LIMIT ?)",
                        instance,
                        before,
                        limit)
                .update(connection);
    }
}
