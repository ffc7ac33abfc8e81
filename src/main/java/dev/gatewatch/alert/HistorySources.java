package dev.gatewatch.alert;

import dev.gatewatch.history.History;
import dev.gatewatch.history.Incident;
import dev.gatewatch.history.IncidentQuery;
import dev.gatewatch.history.MaintenanceWindow;
import dev.gatewatch.history.Page;
import dev.gatewatch.history.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Asks the history. */
final class HistorySources implements AlertSources {

    /** How long a new maintenance window may go unnoticed. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    /** An incident begins with the same fact as the alert's cause; after a restart, a little before. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final int MOST = 200;

    private final History history;
    private final String instance;
    private final Scheduler scheduler;

    HistorySources(History history, String instance, Scheduler scheduler) {
        this.history = history;
        this.instance = instance;
        this.scheduler = scheduler;
    }

    @Override
    public String instance() {
        return instance;
    }

    /** While the database does not answer, what was known stays known. */
    @Override
    public Flux<List<MaintenanceWindow>> maintenance() {
        return Flux.interval(Duration.ZERO, LOOK_AGAIN, scheduler)
                .onBackpressureDrop()
                .concatMap(tick -> history.maintenance().onErrorComplete(), 1);
    }

    /** The verdict on its longest incident. */
    @Override
    public Mono<Verdict> verdict(Instant since, Instant until) {
        IncidentQuery query =
                new IncidentQuery(since.minus(MARGIN), until.plusMillis(1), null, Set.of(), Set.of(), null, MOST);
        return Mono.defer(() -> history.incidents(query))
                .filter(page ->
                        page.items().stream().noneMatch(Incident::isOpen)) // the last facts may wait to be written
                .repeatWhenEmpty(empty -> empty.delayElements(PAUSE, scheduler))
                .timeout(PATIENCE, scheduler)
                .flatMap(page -> Mono.justOrEmpty(longest(page, until)))
                .onErrorComplete();
    }

    private static Optional<Verdict> longest(Page<Incident> page, Instant until) {
        return page.items().stream()
                .max(Comparator.comparing(incident -> incident.duration(until)))
                .map(Incident::verdict);
    }
}
