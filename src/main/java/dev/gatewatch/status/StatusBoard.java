package dev.gatewatch.status;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.connection.Snapshot;
import dev.gatewatch.connection.SnapshotReducer;
import dev.gatewatch.gateway.ConnectionEvents;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * The current {@link Snapshot}, folded from the stream of facts.
 *
 * <p>Reading it is a volatile read: it costs nothing and never waits.
 */
@Startup
@Singleton
public class StatusBoard {

    private final Sinks.Many<Snapshot> changes = Sinks.many().replay().latestOrDefault(Snapshot.EMPTY);
    private final Disposable subscription;

    private volatile Snapshot current = Snapshot.EMPTY;

    StatusBoard(ConnectionEvents events) {
        subscription = events.read("status", this::fold);
    }

    /** What is known now. */
    public Snapshot current() {
        return current;
    }

    /** The snapshot now and after each change; a slow reader misses all but the latest. */
    public Flux<Snapshot> changes() {
        return changes.asFlux().onBackpressureLatest();
    }

    @PreDestroy
    void close() {
        subscription.dispose();
        changes.emitComplete(Sinks.EmitFailureHandler.FAIL_FAST);
    }

    private void fold(ConnectionEvent event) {
        current = SnapshotReducer.reduce(current, event);
        changes.emitNext(current, Sinks.EmitFailureHandler.FAIL_FAST);
    }
}
