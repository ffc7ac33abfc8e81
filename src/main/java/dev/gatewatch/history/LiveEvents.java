package dev.gatewatch.history;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.gateway.ConnectionEvents;
import dev.gatewatch.history.StoredEvent.Detail;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Every fact in the form in which it is stored, from the moment it becomes known: with its id, whether or not a history is kept.
 *
 * <p>Thread-safe. Ids are given out, remembered and told in one order.
 */
@Singleton
public class LiveEvents {

    /** How many facts stay in memory, so that whoever was away for a moment needs no database; about 1 MB. */
    static final int REMEMBERED = 2_000;

    private final EventIds ids = new EventIds();
    private final Sinks.Many<StoredEvent> sink = Sinks.many().multicast().directBestEffort();
    private final String instance;
    private final EventTranslator translator;
    private final RecentEvents recent;
    private final Disposable subscription;

    LiveEvents(HistoryConfig config, ConnectionEvents events) {
        instance = config.instanceId();
        translator = new EventTranslator(instance, ids);
        recent = new RecentEvents(REMEMBERED, ids.next(Instant.now()));
        subscription = events.read("facts", this::note);
    }

    /** All facts from now on; never completes. Each reader has a buffer of its own, so that a slow one loses nothing. */
    public Flux<StoredEvent> stream() {
        return sink.asFlux().onBackpressureBuffer();
    }

    /** Tells a fact that is none of the connection's. */
    synchronized void tell(int shard, Instant at, EventKind kind, Detail detail) {
        tell(new StoredEvent(ids.next(at), instance, shard, at.truncatedTo(ChronoUnit.MILLIS), kind, detail));
    }

    /** What is remembered. */
    RecentEvents recent() {
        return recent;
    }

    /** Makes ids. */
    EventIds ids() {
        return ids;
    }

    @PreDestroy
    void close() {
        subscription.dispose();
    }

    private synchronized void note(ConnectionEvent event) {
        event.accept(translator).ifPresent(this::tell);
    }

    private void tell(StoredEvent event) {
        recent.add(event);
        sink.emitNext(event, Sinks.EmitFailureHandler.FAIL_FAST);
    }
}
