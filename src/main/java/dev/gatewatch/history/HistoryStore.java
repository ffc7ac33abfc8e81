package dev.gatewatch.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The port to the database, for one instance's history.
 *
 * <p>Every method blocks, and throws {@link HistoryUnavailableException} when the database does not do as asked. What a method
 * wrote has survived the end of the process when it returns. Thread-safe.
 */
interface HistoryStore {

    /**
     * Writes entries in their order, all or none, each once: what is there already is left alone. Incidents follow from the
     * events within the same transaction, and hours and days from the minutes.
     *
     * @throws EntryRefusedException when one of them is not taken, and will not be taken later either
     */
    void write(List<? extends HistoryEntry> entries);

    /** Notes that these shards are still watched over at this time; a write, so that it fails when writing does. */
    void pulse(Collection<Integer> shards, Instant at);

    /** Ends the incidents of shards that are not run any more. */
    void retire(Instant now);

    /** A page of events. */
    Page<StoredEvent> events(EventQuery query);

    /** Events with ids above {@code after} up to {@code until}, in the order of their ids, at most so many. */
    List<StoredEvent> between(String after, String until, int limit);

    /** Whether events from this id on are there, as far as there were any: retention deletes the oldest, a new database has none. */
    boolean reachesBackTo(String id);

    /** A page of incidents that lasted at least {@code blip}, open ones as of {@code now}. */
    Page<Incident> incidents(IncidentQuery query, Duration blip, Instant now);

    /** One incident. */
    Optional<Incident> incident(String id);

    /** What happened to the incident's shard from its start to its end, oldest first, at most so many. */
    List<StoredEvent> timeline(Incident incident, int limit);

    /**
     * Shows every loss that touches this time, blips included, in no order, without messages, failures, recovery and evidence. They
     * are shown while they are read: there may be more of them than there is memory for.
     */
    void losses(Instant from, Instant to, Consumer<Incident> each);

    /** What is known of each shard. */
    List<ShardRecord> shards();

    /** Samples within this time, oldest first, at most so many. */
    List<Sample> samples(Step step, Instant from, Instant to, int limit);

    /** Samples of one shard within this time, oldest first, at most so many. */
    List<Sample> samplesOf(int shard, Step step, Instant from, Instant to, int limit);

    /** Samples of all shards as one within this time, oldest first, at most so many. */
    List<Sample> samplesTogether(Step step, Instant from, Instant to, int limit);

    /** Deletes what is older, oldest first, at most so many rows; tells how many. */
    int prune(Tier tier, Instant before, int limit);

    /** Gives space back to the file system, a bounded piece of work at a time; tells whether there is more to give. */
    boolean compact();

    /** Adds a note. */
    void add(Note note, Incident incident);

    /** The notes of an incident, oldest first. */
    List<Note> notes(String incident);

    /** Adds a maintenance window. */
    void add(MaintenanceWindow window);

    /** Removes a maintenance window; tells whether it was there. */
    boolean removeMaintenance(String id);

    /** The maintenance windows that touch this time, oldest first. */
    List<MaintenanceWindow> maintenance(Instant from, Instant to);

    /** Does something of another room's in one transaction. */
    <T> T transact(Transaction<T> work);
}
