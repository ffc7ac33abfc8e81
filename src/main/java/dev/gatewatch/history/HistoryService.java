package dev.gatewatch.history;

import dev.gatewatch.gateway.BeforeConnecting;
import dev.gatewatch.gateway.ConnectionEvents;
import dev.gatewatch.gateway.DataDirectory;
import dev.gatewatch.log.LogEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/** The history's life in the service: begins before the gateway does and ends after it, so that no fact is missed. */
@Singleton
public class HistoryService implements BeforeConnecting {

    private static final Logger log = Logger.getLogger(HistoryService.class);

    /** How long a shutdown waits for the last facts to be written. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    private final HistoryConfig config;
    private final ConnectionEvents events;
    private final LiveEvents live;
    private final DataDirectory directory;
    private final Disposable.Swap opening = Disposables.swap();

    private volatile @Nullable HistoryEngine engine;

    HistoryService(HistoryConfig config, ConnectionEvents events, LiveEvents live, DataDirectory directory) {
        this.config = config;
        this.events = events;
        this.live = live;
        this.directory = directory;
    }

    /** A database made by a newer Gatewatch is not for this one, whose start it ends. */
    @Override
    public Mono<Void> done() {
        return directory.done().then(Mono.defer(() -> Mono.justOrEmpty(engine()).flatMap(HistoryEngine::accepted)));
    }

    /** How the database does; instant. */
    public DatabaseStatus status() {
        return engine().map(HistoryEngine::status).orElse(DatabaseStatus.DISABLED);
    }

    /** How its writing does; instant; empty when no history is kept. */
    public Optional<HistoryFigures> figures() {
        return engine().map(HistoryEngine::figures);
    }

    /** What runs, unless the history is switched off. */
    Optional<HistoryEngine> engine() {
        return Optional.ofNullable(engine);
    }

    /** Completes when everything known by now is written, or has failed to be. */
    Mono<Void> settled() {
        return Mono.defer(() -> required().settled());
    }

    /** The facts between two ids, the first excluded, in their order, at most so many; only what is written. */
    Mono<List<StoredEvent>> between(String after, String until, int limit) {
        return Mono.defer(() -> required().between(after, until, limit));
    }

    /**
     * What runs.
     *
     * @throws HistoryUnavailableException when the history is switched off
     */
    HistoryEngine required() {
        return engine().orElseThrow(() ->
                new HistoryUnavailableException("No history is kept: GATEWATCH_HISTORY_ENABLED is false"));
    }

    HistoryConfig config() {
        return config;
    }

    /** Comes first: whoever tells facts finds it listening. The database is opened while the rest starts, once the directory is ours. */
    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        if (!config.historyEnabled()) {
            LogEvent.HISTORY_STARTED.log(log, "No history is kept: GATEWATCH_HISTORY_ENABLED=false");
            return;
        }
        Database database = Connector.choose(config);
        HistoryEngine started = new HistoryEngine(config, database, events, live);
        engine = started;
        opening.update(directory
                .done()
                .subscribe(
                        nothing -> {},
                        error -> log.debug("Not opened, since the process is to end", error),
                        started::start));
        LogEvent.HISTORY_STARTED.log(log, "History in %s", database.name());
    }

    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) ShutdownEvent event)
            throws InterruptedException {
        opening.dispose();
        HistoryEngine running = engine;
        if (running != null) {
            running.stop(STOP_PATIENCE);
        }
    }
}
