package dev.gatewatch.history;

import dev.gatewatch.history.IncidentFold.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The runs of the shards within one transaction, and what a clock that is set does to the times that they noted.
 *
 * <p>Only what a shard's own run noted is moved: nobody knows by which clock an earlier process stored the rest.
 *
 * <ul>
 *   <li>Set back: what would lie in the future is moved back.
 *   <li>Set forward again by as much: all is as it was before, and no time is left out.
 *   <li>Set forward to where the history was when the run started: the clock was behind since then. What the run noted is moved
 *       forward, and the process counts as down until its start.
 *   <li>Set forward otherwise: the time between is left out.
 * </ul>
 */
final class ClockSteps {

    private final IncidentTable incidents;
    private final ShardTable shards;
    private final RunTable table;
    private final Connection connection;
    private final Map<Integer, Run> runs = new HashMap<>();

    ClockSteps(IncidentTable incidents, ShardTable shards, RunTable table, Connection connection) {
        this.incidents = incidents;
        this.shards = shards;
        this.table = table;
        this.connection = connection;
    }

    /** The id of a shard's run; null when it was not started since this is noted. */
    @Nullable
    String id(int shard) throws SQLException {
        return run(shard).map(Run::id).orElse(null);
    }

    /** Begins a run. */
    void begin(StoredEvent start, ShardRecord before) throws SQLException {
        put(start.shard(), Run.begun(start, before, run(start.shard()).orElse(null)));
    }

    /** What a clock that was set leads to; the shard's incidents must be stored. */
    Outcome set(ShardRecord before, StoredEvent event) throws SQLException {
        Duration by = Objects.requireNonNullElse(event.detail().duration(), Duration.ZERO);
        Run run = run(event.shard()).orElse(null);
        if (by.isNegative()) {
            return setBack(before, event, by, run);
        }
        if (run != null && run.isCorrectedBy(event.at(), by)) {
            return corrected(before, event.at(), by, run);
        }
        if (run != null && run.catchesUpBy(event.at(), by)) {
            return caughtUp(before, event, by, run);
        }
        if (run != null) {
            put(event.shard(), run.setForward(event.at(), by));
        }
        return IncidentFold.fold(before, event, null);
    }

    private Outcome setBack(ShardRecord before, StoredEvent event, Duration by, @Nullable Run run) throws SQLException {
        Outcome outcome = IncidentFold.fold(before, event, null);
        boolean isOwn = run == null || !before.firstSeen().isBefore(run.started());
        if (run != null) {
            table.moveBack(connection, event.shard(), run, event.at(), by);
            put(event.shard(), run.setBack(event, by, before.firstSeen()));
        }
        ShardRecord after = outcome.after().notAfter(event.at(), isOwn ? by : Duration.ZERO);
        return new Outcome(after, outcome.changed());
    }

    private Outcome corrected(ShardRecord before, Instant at, Duration by, Run run) throws SQLException {
        Run.SetBack back = Objects.requireNonNull(run.back());
        table.restore(connection, before.shard(), run, back, at, by);
        Run next = run.corrected(at);
        put(before.shard(), next);
        Instant first = before.firstSeen().equals(run.started()) ? next.started() : before.firstSeen();
        Span ahead = next.ahead() == null ? run.ahead() : null;
        return new Outcome(
                reread(before.begun(ahead == null ? first : ahead.from())).seen(at), null);
    }

    private Outcome caughtUp(ShardRecord before, StoredEvent event, Duration by, Run run) throws SQLException {
        Span ahead = Objects.requireNonNull(run.ahead());
        table.moveForward(connection, before.shard(), run, event.at(), by);
        Run next = run.caughtUp(by);
        put(before.shard(), next);
        ShardRecord after = reread(before.begun(ahead.from())).seen(event.at());
        Optional<Incident> gap = incidents.find(connection, run.id());
        if (gap.isEmpty()) {
            if (run.carried() == null && ahead.to().isBefore(next.started())) {
                shards.leaveOut(connection, before.shard(), new Span(ahead.to(), next.started()), event.id(), run.id());
            }
            return new Outcome(after, null);
        }
        Instant from = ahead.to().isBefore(next.started()) ? ahead.to() : next.started();
        Incident begun = IncidentFold.begun(gap.get(), from, next.started());
        return new Outcome(begun.isOpen() ? after.down(begun) : after, begun);
    }

    /** The shard with its open incident as it is stored now. */
    private ShardRecord reread(ShardRecord shard) throws SQLException {
        Incident open = shard.open();
        return open == null
                ? shard
                : incidents.find(connection, open.id()).map(shard::down).orElse(shard);
    }

    private Optional<Run> run(int shard) throws SQLException {
        Run known = runs.get(shard);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Run> stored = table.find(connection, shard);
        stored.ifPresent(run -> runs.put(shard, run));
        return stored;
    }

    private void put(int shard, Run run) throws SQLException {
        runs.put(shard, run);
        table.save(connection, shard, run);
    }
}
