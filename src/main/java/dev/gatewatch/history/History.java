package dev.gatewatch.history;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * The history to be asked, and told.
 *
 * <p>Every answer is worked out on the history's own threads. It fails with {@link HistoryUnavailableException} when the database
 * does not answer or no history is kept; it is empty when there is no such thing.
 */
@Singleton
public class History {

    /** How many events a timeline shows at most. */
    public static final int TIMELINE = 1_000;

    /** How old the uptime that is told may be. */
    public static final Duration FRESH = Duration.ofSeconds(30);

    private static final Map<String, Duration> WINDOWS = windows();

    private final HistoryService service;
    private final Clock clock = Clock.systemUTC();
    private volatile Mono<List<UptimeReport>> uptime;

    History(HistoryService service) {
        this.service = service;
        uptime = cachedUptime();
    }

    /** A page of events, newest first. */
    public Mono<Page<StoredEvent>> events(EventQuery query) {
        return ask(store -> store.events(query));
    }

    /** A page of incidents, newest first, without blips. */
    public Mono<Page<Incident>> incidents(IncidentQuery query) {
        return ask(store -> store.incidents(query, service.config().incidentBlip(), clock.instant()));
    }

    /** One incident with its timeline and its notes. */
    public Mono<IncidentReport> incident(String id) {
        return ask(store -> store.incident(id)
                        .map(found -> new IncidentReport(found, store.timeline(found, TIMELINE), store.notes(id))))
                .flatMap(Mono::justOrEmpty);
    }

    /** Uptime over the last 24 hours, 7, 30 and 90 days; worked out at most every {@link #FRESH}. */
    public Mono<List<UptimeReport>> uptime() {
        return Mono.defer(() -> uptime);
    }

    /** Samples, oldest first, at most so many. */
    public Mono<List<Sample>> samples(Step step, Instant from, Instant to, int limit) {
        return ask(store -> store.samples(step, from, to, limit));
    }

    /** Samples of one shard, oldest first, at most so many. */
    public Mono<List<Sample>> samplesOf(int shard, Step step, Instant from, Instant to, int limit) {
        return ask(store -> store.samplesOf(shard, step, from, to, limit));
    }

    /** Samples of all shards as one, oldest first, at most so many. */
    public Mono<List<Sample>> samplesTogether(Step step, Instant from, Instant to, int limit) {
        return ask(store -> store.samplesTogether(step, from, to, limit));
    }

    /** How available it was between each two of these edges, ascending and at least two. */
    public Mono<Availability> availability(List<Instant> edges) {
        Instant from = edges.get(0);
        Instant to = edges.get(edges.size() - 1);
        return askMuch(store -> {
            AvailabilityCalculation calculation = new AvailabilityCalculation(
                    edges,
                    clock.instant(),
                    service.config().incidentBlip(),
                    store.shards(),
                    store.maintenance(from, to));
            store.losses(from, to, calculation::count);
            return calculation.availability();
        });
    }

    /** Adds a note to an incident; empty when there is no such incident. */
    public Mono<Note> addNote(String incident, String author, String text) {
        return ask(store -> store.incident(incident).map(found -> {
                    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
                    Note note = new Note(engine().ids().next(now), incident, now, author, text);
                    store.add(note, found);
                    return note;
                }))
                .flatMap(Mono::justOrEmpty);
    }

    /** Records a maintenance window. */
    public Mono<MaintenanceWindow> addMaintenance(Instant from, Instant to, String reason) {
        return ask(store -> {
            MaintenanceWindow window = new MaintenanceWindow(
                    engine().ids().next(clock.instant()),
                    service.config().instanceId(),
                    from.truncatedTo(ChronoUnit.MILLIS),
                    to.truncatedTo(ChronoUnit.MILLIS),
                    reason);
            store.add(window);
            uptime = cachedUptime();
            return window;
        });
    }

    /** Removes a maintenance window; tells whether it was there. */
    public Mono<Boolean> removeMaintenance(String id) {
        return ask(store -> {
            boolean removed = store.removeMaintenance(id);
            uptime = cachedUptime();
            return removed;
        });
    }

    /** All maintenance windows, oldest first. */
    public Mono<List<MaintenanceWindow>> maintenance() {
        return ask(store -> store.maintenance(Instant.EPOCH, Instant.ofEpochMilli(Long.MAX_VALUE)));
    }

    private Mono<List<UptimeReport>> workedOutUptime() {
        return askMuch(store -> {
            Instant now = clock.instant();
            Instant begin = now.minus(WINDOWS.get("90d"));
            List<ShardRecord> shards = store.shards();
            List<MaintenanceWindow> maintenance = store.maintenance(begin, now);
            Duration blip = service.config().incidentBlip();
            List<UptimeCalculation> windows = WINDOWS.entrySet().stream()
                    .map(window ->
                            new UptimeCalculation(window.getKey(), window.getValue(), now, blip, shards, maintenance))
                    .toList();
            store.losses(begin, now, loss -> windows.forEach(window -> window.count(loss)));
            return windows.stream().map(UptimeCalculation::report).toList();
        });
    }

    private Mono<List<UptimeReport>> cachedUptime() {
        return workedOutUptime().cache(reports -> FRESH, error -> Duration.ZERO, () -> Duration.ZERO);
    }

    private <T> Mono<T> ask(Function<HistoryStore, T> question) {
        return Mono.defer(() -> engine().ask(question));
    }

    private <T> Mono<T> askMuch(Function<HistoryStore, T> question) {
        return Mono.defer(() -> engine().askMuch(question));
    }

    private HistoryEngine engine() {
        return service.required();
    }

    private static Map<String, Duration> windows() {
        Map<String, Duration> windows = new LinkedHashMap<>();
        windows.put("24h", Duration.ofHours(24));
        windows.put("7d", Duration.ofDays(7));
        windows.put("30d", Duration.ofDays(30));
        windows.put("90d", Duration.ofDays(90));
        return windows;
    }
}
