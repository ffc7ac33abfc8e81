package dev.gatewatch.history;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** The store in SQL that SQLite and PostgreSQL both understand; what they differ in is left to the {@link Dialect}. */
final class JdbcHistoryStore implements HistoryStore {

    private final DataSource source;
    private final Dialect dialect;
    private final Consumer<SQLException> failures;
    private final EventTable events;
    private final IncidentTable incidents;
    private final ShardTable shards;
    private final SampleTable samples;
    private final RunTable runs;
    private final RemarkTables remarks;

    /**
     * With somebody to tell of failures.
     *
     * @param failures what to do with each failure of JDBC; called from the thread that meets it
     */
    JdbcHistoryStore(DataSource source, Dialect dialect, String instance, Consumer<SQLException> failures) {
        this.source = source;
        this.dialect = dialect;
        this.failures = failures;
        events = new EventTable(instance);
        incidents = new IncidentTable(instance);
        shards = new ShardTable(instance);
        samples = new SampleTable(instance);
        runs = new RunTable(instance);
        remarks = new RemarkTables(instance);
    }

    @Override
    public void write(List<? extends HistoryEntry> entries) {
        try {
            run(connection -> {
                writing(connection).write(entries);
            });
        } catch (HistoryUnavailableException e) {
            throw e.getCause() instanceof SQLException cause && dialect.refusesValues(cause) ? refused(e) : e;
        } catch (RuntimeException e) {
            throw refused(e); // a defect of ours: it fails over these entries each time
        }
    }

    @Override
    public void retire(Instant now) {
        run(connection -> {
            writing(connection).retire(now);
        });
    }

    @Override
    public void pulse(Collection<Integer> ids, Instant at) {
        run(connection -> {
            shards.pulse(connection, ids, at);
        });
    }

    @Override
    public Page<StoredEvent> events(EventQuery query) {
        return read(connection ->
                Page.of(events.page(connection, query), query.limit(), event -> new Position(event.at(), event.id())));
    }

    @Override
    public List<StoredEvent> between(String after, String until, int limit) {
        return read(connection -> events.between(connection, after, until, limit));
    }

    @Override
    public boolean reachesBackTo(String id) {
        return read(connection -> events.reachBackTo(connection, id));
    }

    @Override
    public Page<Incident> incidents(IncidentQuery query, Duration blip, Instant now) {
        return read(connection -> Page.of(
                incidents.page(connection, query, blip, now),
                query.limit(),
                incident -> new Position(incident.start(), incident.id())));
    }

    @Override
    public Optional<Incident> incident(String id) {
        return read(connection -> incidents.find(connection, id));
    }

    @Override
    public List<StoredEvent> timeline(Incident incident, int limit) {
        Instant end = Optional.ofNullable(incident.end()).orElse(Instant.ofEpochMilli(Long.MAX_VALUE));
        return read(connection -> events.timeline(connection, incident.shard(), incident.start(), end, limit));
    }

    @Override
    public void losses(Instant from, Instant to, Consumer<Incident> each) {
        read(connection -> {
            dialect.readRowByRow(connection);
            incidents.touching(connection, from, to, each);
            return true;
        });
    }

    @Override
    public List<ShardRecord> shards() {
        return read(shards::all);
    }

    @Override
    public List<Sample> samples(Step step, Instant from, Instant to, int limit) {
        return read(connection -> samples.list(connection, step, from, to, limit));
    }

    @Override
    public List<Sample> samplesOf(int shard, Step step, Instant from, Instant to, int limit) {
        return read(connection -> samples.listOf(connection, shard, step, from, to, limit));
    }

    @Override
    public List<Sample> samplesTogether(Step step, Instant from, Instant to, int limit) {
        return read(connection -> samples.listTogether(connection, step, from, to, limit));
    }

    @Override
    public int prune(Tier tier, Instant before, int limit) {
        int pruned = change(connection -> switch (tier) {
            case EVENTS -> events.prune(connection, before, limit);
            case INCIDENTS ->
                incidents.prune(connection, before, limit)
                        + remarks.pruneMaintenance(connection, before, limit)
                        + shards.prune(connection, before, limit);
            case MINUTES -> samples.prune(connection, Step.MINUTE, before, limit);
            case HOURS -> samples.prune(connection, Step.HOUR, before, limit);
            case DAYS -> samples.prune(connection, Step.DAY, before, limit);
        });
        if (tier == Tier.INCIDENTS) {
            run(runs::prune); // within one transaction it could wait for the writer, and the writer for it
        }
        return pruned;
    }

    @Override
    public boolean compact() {
        return read(dialect::compact);
    }

    @Override
    public void add(Note note, Incident incident) {
        run(connection -> {
            remarks.insert(connection, note, incident);
        });
    }

    @Override
    public List<Note> notes(String incident) {
        return read(connection -> remarks.notes(connection, incident));
    }

    @Override
    public void add(MaintenanceWindow window) {
        run(connection -> {
            remarks.insert(connection, window);
        });
    }

    @Override
    public boolean removeMaintenance(String id) {
        return change(connection -> remarks.removeMaintenance(connection, id));
    }

    @Override
    public List<MaintenanceWindow> maintenance(Instant from, Instant to) {
        return read(connection -> remarks.maintenance(connection, from, to));
    }

    @Override
    public <T> T transact(Transaction<T> work) {
        return change(work);
    }

    private static EntryRefusedException refused(RuntimeException cause) {
        return new EntryRefusedException("An entry of the history is refused: " + cause.getMessage(), cause);
    }

    private EventWrite writing(Connection connection) {
        return new EventWrite(events, incidents, shards, samples, runs, connection);
    }

    private <T> T read(Transaction<T> work) {
        try (Connection connection = source.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            failures.accept(e);
            throw new HistoryUnavailableException("The history could not be read: " + e.getMessage(), e);
        }
    }

    private void run(Change change) {
        change(connection -> {
            change.on(connection);
            return true;
        });
    }

    private <T> T change(Transaction<T> work) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            }
        } catch (SQLException e) {
            failures.accept(e);
            SQLException cause = inner(e);
            throw new HistoryUnavailableException("The history could not be written: " + cause.getMessage(), cause);
        }
    }

    /** A batch's failure repeats the whole statement, values included; the one behind it says what was wrong. */
    private static SQLException inner(SQLException failure) {
        SQLException next = failure.getNextException();
        return failure instanceof BatchUpdateException && next != null ? next : failure;
    }

    private static void rollBack(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** What to do with a connection, without a result. */
    private interface Change {
        void on(Connection connection) throws SQLException;
    }
}
