package dev.gatewatch.history;

import dev.gatewatch.history.ShardRecord.Standing;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One transaction that stores entries, and the incidents that follow from them. */
final class EventWrite {

    /** How far apart losses may begin and still be of one cause. */
    private static final Duration TOGETHER = Duration.ofSeconds(30);

    private final EventTable events;
    private final IncidentTable incidents;
    private final ShardTable shards;
    private final SampleTable samples;
    private final Connection connection;
    private final ClockSteps clock;
    private final Map<Integer, ShardRecord> records = new TreeMap<>();
    private final Map<Integer, Instant> measured = new TreeMap<>();
    private final Map<String, Incident> changed = new TreeMap<>();

    EventWrite(
            EventTable events,
            IncidentTable incidents,
            ShardTable shards,
            SampleTable samples,
            RunTable runs,
            Connection connection) {
        this.events = events;
        this.incidents = incidents;
        this.shards = shards;
        this.samples = samples;
        this.connection = connection;
        clock = new ClockSteps(incidents, shards, runs, connection);
    }

    /** Stores entries. They are folded in their order: a sample shows that its shard was watched before the events behind it. */
    void write(List<? extends HistoryEntry> batch) throws SQLException {
        Set<String> fresh = events.insert(connection, only(batch, StoredEvent.class)).stream()
                .map(StoredEvent::id)
                .collect(Collectors.toSet());
        samples.insert(connection, only(batch, Sample.class));
        for (HistoryEntry entry : batch) {
            if (entry instanceof StoredEvent event && fresh.contains(event.id())) {
                fold(event);
            } else if (entry instanceof Sample sample) {
                measured(sample);
            }
        }
        save();
    }

    /** Ends what is open of shards that are not run any more. */
    void retire(Instant now) throws SQLException {
        for (ShardRecord shard : shards.all(connection)) {
            if (shard.standing() != Standing.NEW && isRetired(shard, now)) {
                Incident open = incidents.open(connection, shard.shard()).orElse(null);
                records.put(shard.shard(), retired(shard, open));
            }
        }
        save();
    }

    private void fold(StoredEvent event) throws SQLException {
        Optional<ShardRecord> known = record(event);
        if (known.isEmpty()) {
            return;
        }
        IncidentFold.Outcome outcome =
                switch (event.kind()) {
                    case STARTED -> IncidentFold.fold(begun(known.get(), event), event, null);
                    case CLOCK_SET -> clockSet(known.get(), event);
                    default -> IncidentFold.fold(known.get(), event, latest(event));
                };
        records.put(event.shard(), outcome.after());
        outcome.incident().ifPresent(incident -> changed.put(incident.id(), incident));
        Span skipped = outcome.skipped();
        if (skipped != null) {
            leaveOut(event, skipped);
        }
    }

    private IncidentFold.Outcome clockSet(ShardRecord before, StoredEvent event) throws SQLException {
        saveIncidents();
        return clock.set(before, event);
    }

    private @Nullable Incident latest(StoredEvent event) throws SQLException {
        if (!IncidentFold.needsLatest(event.kind())) {
            return null;
        }
        Optional<Incident> fresh = changed.values().stream()
                .filter(incident -> incident.shard() == event.shard() && incident.isOf(event.at()))
                .max(Comparator.comparing(Incident::start));
        return fresh.isPresent()
                ? fresh.get()
                : incidents.latest(connection, event.shard(), event.at()).orElse(null);
    }

    /** What an earlier run left is settled before the new one begins, so that it stays the earlier one's. */
    private ShardRecord begun(ShardRecord shard, StoredEvent start) throws SQLException {
        Instant at = start.at();
        boolean absent = shard.standing() == Standing.NEW ? shard.lastSeen().isBefore(at) : isRetired(shard, at);
        Incident left = shard.open();
        ShardRecord settled = shard;
        if (absent) {
            settled = retired(shard, left);
        } else if (left != null && left.start().isAfter(at)) {
            changed.put(left.id(), left.closed(shard.lastSeen(), null));
            settled = shard.down(Incident.open(start, at, left.cause(), left.message()));
        }
        saveIncidents();
        clock.begin(start, shard);
        if (absent) {
            leaveOut(start, new Span(shard.lastSeen(), at));
        }
        Incident open = settled.open();
        if (open != null) {
            changed.put(open.id(), open);
        }
        return settled.notAfter(at, Duration.ZERO);
    }

    /** A shard that was not run while others were was not down: the history leaves that time out. */
    private void leaveOut(StoredEvent event, Span absence) throws SQLException {
        shards.leaveOut(connection, event.shard(), absence, event.id(), clock.id(event.shard()));
    }

    private ShardRecord retired(ShardRecord shard, @Nullable Incident open) {
        if (open != null) {
            changed.put(open.id(), open.closed(shard.lastSeen(), null));
        }
        return shard.retired();
    }

    /** Only a process that knows its shards connects one: while another was connected, this one was not meant to run. */
    private boolean isRetired(ShardRecord shard, Instant at) throws SQLException {
        return shard.isGone(at)
                && samples.isAnotherConnected(
                        connection, shard.shard(), shard.lastSeen().plus(ShardRecord.RETIRED_AFTER), at);
    }

    private void measured(Sample sample) {
        Instant end = sample.at().plus(sample.step().length());
        ShardRecord known = records.get(sample.shard());
        if (known == null) {
            measured.merge(sample.shard(), end, (one, other) -> one.isAfter(other) ? one : other);
        } else {
            records.put(sample.shard(), known.seen(end));
        }
    }

    /** The shard as it is known; a shard of which no supervisor has told anything has no record. */
    private Optional<ShardRecord> record(StoredEvent event) throws SQLException {
        ShardRecord known = records.get(event.shard());
        if (known != null) {
            return Optional.of(known);
        }
        Incident open = incidents.open(connection, event.shard()).orElse(null);
        Instant seen = measured.remove(event.shard());
        return shards.find(connection, event.shard(), open)
                .map(shard -> seen == null ? shard : shard.seen(seen))
                .or(() -> Optional.of(event)
                        .filter(first -> first.kind().isFromSupervisor())
                        .map(ShardRecord::unknown));
    }

    private void save() throws SQLException {
        for (ShardRecord record : records.values()) {
            shards.save(connection, record);
        }
        Map<Instant, List<Integer>> pulses = measured.keySet().stream().collect(Collectors.groupingBy(measured::get));
        for (Map.Entry<Instant, List<Integer>> pulse : pulses.entrySet()) {
            shards.pulse(connection, pulse.getValue(), pulse.getKey());
        }
        saveIncidents();
    }

    /** First all of them, then the verdicts: shards that are lost in one batch are evidence for each other. */
    private void saveIncidents() throws SQLException {
        for (Incident incident : changed.values()) {
            incidents.save(connection, incident, clock.id(incident.shard()));
        }
        for (Incident incident : changed.values()) {
            Incident judged = incident.judged(Judge.judge(incident, others(incident)));
            incidents.save(connection, judged, clock.id(incident.shard()));
        }
        changed.clear();
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

    private static <T> List<T> only(List<? extends HistoryEntry> entries, Class<T> type) {
        return entries.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
