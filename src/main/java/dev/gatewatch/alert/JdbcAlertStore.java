package dev.gatewatch.alert;

import dev.gatewatch.history.SharedDatabase;
import dev.gatewatch.history.Sql;
import dev.gatewatch.history.Sql.Row;
import dev.gatewatch.log.LogEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The tables {@code alert} and {@code alert_message}, in SQL that SQLite and PostgreSQL both understand. */
final class JdbcAlertStore implements AlertStore {

    private static final Logger log = Logger.getLogger(JdbcAlertStore.class);

    private final SharedDatabase database;
    private final String instance;

    JdbcAlertStore(SharedDatabase database, String instance) {
        this.database = database;
        this.instance = instance;
    }

    @Override
    public Mono<Kept> load() {
        return database.transact(connection -> new Kept(alerts(connection), parcels(connection)));
    }

    @Override
    public Mono<Void> save(Changes changes) {
        return database.transact(connection -> {
                    replace(connection, changes.alerts());
                    put(connection, changes.put());
                    remove(connection, changes.removed());
                    return true;
                })
                .then();
    }

    private List<OpenAlert> alerts(Connection connection) throws SQLException {
        return Sql.of(
                        "SELECT rule, severity, since_ms, opened_ms, told_ms, shards, headline FROM alert"
                                + " WHERE instance_id = ? ORDER BY rule",
                        instance)
                .list(
                        connection,
                        row -> new OpenAlert(
                                row.constant(AlertRule.class, "rule"),
                                row.constant(Severity.class, "severity"),
                                row.time("since_ms"),
                                row.time("opened_ms"),
                                row.time("told_ms"),
                                shards(row.text("shards")),
                                row.text("headline")));
    }

    private List<Parcel> parcels(Connection connection) throws SQLException {
        return Sql.of(
                        "SELECT target, id, attempts, due_ms, content FROM alert_message WHERE instance_id = ? ORDER"
                                + " BY id, target",
                        instance)
                .list(connection, JdbcAlertStore::parcel)
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Parcel> parcel(Row row) throws SQLException {
        try {
            return Optional.of(new Parcel(
                    row.text("target"),
                    AlertJson.read(row.text("content")),
                    (int) row.number("attempts"),
                    row.time("due_ms")));
        } catch (RuntimeException e) {
            LogEvent.OUTBOX_DAMAGED.log(
                    log, "Alert message %s in the outbox cannot be read and is left out: %s", row.text("id"), e);
            return Optional.empty();
        }
    }

    private void replace(Connection connection, Collection<OpenAlert> alerts) throws SQLException {
        Sql.of("DELETE FROM alert WHERE instance_id = ?", instance).update(connection);
        Sql.batch(
                connection,
                "INSERT INTO alert (instance_id, rule, severity, since_ms, opened_ms, told_ms, shards, headline)"
                        + " VALUES (?,?,?,?,?,?,?,?)",
                alerts.stream().map(this::values).toList());
    }

    private @Nullable Object[] values(OpenAlert alert) {
        return new @Nullable Object[] {
            instance,
            alert.rule(),
            alert.severity(),
            alert.named(),
            alert.openedAt(),
            alert.toldAt(),
            alert.shards().stream().map(String::valueOf).collect(Collectors.joining(",")),
            alert.headline()
        };
    }

    private void put(Connection connection, Collection<Parcel> parcels) throws SQLException {
        List<@Nullable Object[]> rows = parcels.stream()
                .map(parcel -> new @Nullable Object[] {
                    instance,
                    parcel.target(),
                    parcel.message().id(),
                    parcel.attempts(),
                    parcel.due(),
                    AlertJson.write(parcel.message())
                })
                .toList();
        Sql.batch(
                connection,
                "INSERT INTO alert_message (instance_id, target, id, attempts, due_ms, content) VALUES (?,?,?,?,?,?)"
                        + " ON CONFLICT (instance_id, target, id) DO UPDATE SET attempts = excluded.attempts,"
                        + " due_ms = excluded.due_ms",
                rows);
    }

    private void remove(Connection connection, Collection<Parcel.Id> parcels) throws SQLException {
        Sql.batch(
                connection,
                "DELETE FROM alert_message WHERE instance_id = ? AND target = ? AND id = ?",
                parcels.stream()
                        .map(id -> new @Nullable Object[] {instance, id.target(), id.message()})
                        .toList());
    }

    private static SortedSet<Integer> shards(String text) {
        return Arrays.stream(text.split(",", -1))
                .filter(number -> !number.isEmpty())
                .map(Integer::valueOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
