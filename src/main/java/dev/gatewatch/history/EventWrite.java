package dev.gatewatch.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One transaction that stores events, and the incidents that follow from them. */
final class EventWrite {

    /** How far apart losses may begin and still be of one cause. */
    private static final Duration TOGETHER = Duration.ofSeconds(30);

    private final EventTable events;
    private final IncidentTable incidents;
    private final ShardTable shards;
    private final Connection connection;
    private final Map<Integer, ShardRecord> records = new TreeMap<>();
    private final Map<String, Incident> changed = new TreeMap<>();

    EventWrite(EventTable events, IncidentTable incidents, ShardTable shards, Connection connection) {
        this.events = events;
        this.incidents = incidents;
        this.shards = shards;
        this.connection = connection;
    }

    void write(List<StoredEvent> batch) throws SQLException {
        for (StoredEvent event : events.insert(connection, batch)) {
            Optional<ShardRecord> before = record(event);
            if (before.isPresent()) {
                IncidentFold.Outcome outcome = IncidentFold.fold(before.get(), event);
                records.put(event.shard(), outcome.after());
                outcome.incident().ifPresent(incident -> changed.put(incident.id(), incident));
            }
        }
        for (ShardRecord record : records.values()) {
            shards.save(connection, record);
        }
        // First all of them, then the verdicts: shards that are lost in one batch are evidence for each other.
        for (Incident incident : changed.values()) {
            incidents.save(connection, incident);
        }
        for (Incident incident : changed.values()) {
            incidents.save(connection, incident.judged(Judge.judge(incident, others(incident))));
        }
    }

    /** Stores samples' word that their shards are watched over. */
    void seen(List<Sample> samples) throws SQLException {
        for (Sample sample : samples) {
            shards.pulse(
                    connection,
                    List.of(sample.shard()),
                    sample.at().plus(sample.step().length()));
        }
    }

    /** The shard as it is known; a shard of which no supervisor has told anything has no record. */
    private Optional<ShardRecord> record(StoredEvent event) throws SQLException {
        ShardRecord known = records.get(event.shard());
        if (known != null) {
            return Optional.of(known);
        }
        Incident open = incidents.open(connection, event.shard()).orElse(null);
        return shards.find(connection, event.shard(), open).or(() -> Optional.of(event)
                .filter(first -> first.kind().isFromSupervisor())
                .map(ShardRecord::unknown));
    }

    private Judge.Others others(Incident incident) throws SQLException {
        int total = shards.others(connection, incident.shard(), incident.start());
        if (total == 0) {
            return Judge.Others.NONE;
        }
        int down = incidents.othersLost(
                connection,
                incident.shard(),
                incident.start().minus(TOGETHER),
                incident.start().plus(TOGETHER));
        return new Judge.Others(total, Math.min(total, down));
    }
}
