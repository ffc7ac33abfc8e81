package dev.gatewatch.alert;

import dev.gatewatch.alert.AlertStore.Changes;
import dev.gatewatch.alert.AlertStore.Kept;
import dev.gatewatch.gateway.ReaderFailures;
import dev.gatewatch.log.LogEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Keeps the database in step with what is open and what waits to be delivered. Used on the alerts' thread only.
 *
 * <p>Memory is what counts while the process lives: while the database is away, changes wait here and alerts go out all the same.
 * Nothing is written before what the process before left was read.
 */
final class Mirror {

    private static final Logger log = Logger.getLogger(Mirror.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final AlertStore store;
    private final ReaderFailures failures;
    private final Scheduler scheduler;
    private final Map<Parcel.Id, Parcel> put = new LinkedHashMap<>();
    private final Set<Parcel.Id> removed = new LinkedHashSet<>();
    private List<OpenAlert> alerts = List.of();
    private boolean changed;
    private boolean loaded;
    private boolean failing;
    private long nextAttempt; // in the scheduler's nanoseconds; counts only after a failure
    private @Nullable Mono<Boolean> writing;

    Mirror(AlertStore store, ReaderFailures failures, Scheduler scheduler) {
        this.store = store;
        this.failures = failures;
        this.scheduler = scheduler;
    }

    /** What the process before left; fails when the database does not answer. Writing begins after that. */
    Mono<Kept> load() {
        return store.load().publishOn(scheduler).map(kept -> {
            loaded = true;
            return kept;
        });
    }

    /** These alerts are open. */
    void alerts(Collection<OpenAlert> open) {
        alerts = List.copyOf(open);
        changed = true;
    }

    /** This parcel waits. */
    void put(Parcel parcel) {
        put.put(parcel.id(), parcel);
    }

    /** This parcel is done with. */
    void remove(Parcel parcel) {
        put.remove(parcel.id());
        removed.add(parcel.id());
    }

    /** Whether the database was read and has everything. */
    boolean isClean() {
        return loaded && writing == null && !isDirty();
    }

    /** Writes what waits; completes, on the alerts' thread, when that was tried, with whether it was done. */
    Mono<Boolean> flush() {
        return Mono.defer(() -> {
            Mono<Boolean> running = writing;
            if (running != null) {
                return running.then(flush());
            }
            if (!loaded) {
                return Mono.just(false);
            }
            return isDirty() ? write() : Mono.just(true);
        });
    }

    /** Writes what waits, and nobody waits for it. */
    void flushSoon() {
        flush().subscribe(done -> {}, error -> failures.note("outbox", error));
    }

    /** Writes what waits, if it is time to try again. */
    void retry() {
        if (writing == null && isDirty() && (!failing || scheduler.now(TimeUnit.NANOSECONDS) >= nextAttempt)) {
            flushSoon();
        }
    }

    private Mono<Boolean> write() {
        Changes changes = new Changes(alerts, new ArrayList<>(put.values()), new ArrayList<>(removed));
        put.clear();
        removed.clear();
        changed = false;
        Sinks.One<Boolean> done = Sinks.one();
        writing = done.asMono();
        Mono.defer(() -> store.save(changes))
                .publishOn(scheduler)
                .subscribe(
                        nothing -> {},
                        error -> {
                            restore(changes);
                            failed(error);
                            writing = null;
                            done.emitValue(false, Sinks.EmitFailureHandler.FAIL_FAST);
                        },
                        () -> {
                            worked();
                            writing = null;
                            done.emitValue(true, Sinks.EmitFailureHandler.FAIL_FAST);
                        });
        return done.asMono();
    }

    /** What was not written waits again, unless something newer is known of it. */
    private void restore(Changes changes) {
        changed = true;
        changes.put().forEach(parcel -> {
            if (!removed.contains(parcel.id())) {
                put.putIfAbsent(parcel.id(), parcel);
            }
        });
        removed.addAll(changes.removed());
    }

    private void worked() {
        if (failing) {
            LogEvent.OUTBOX_UP.log(log, "The outbox of the alerts is in the database again");
        }
        failing = false;
    }

    private void failed(Throwable error) {
        if (!failing) {
            LogEvent.OUTBOX_DOWN.log(
                    log,
                    "The outbox of the alerts cannot be written: %s. Alerts go out all the same; what is not delivered when the"
                            + " process ends is lost until the database is back.",
                    error.getMessage());
        }
        failing = true;
        nextAttempt = scheduler.now(TimeUnit.NANOSECONDS) + PAUSE.toNanos();
    }

    private boolean isDirty() {
        return changed || !put.isEmpty() || !removed.isEmpty();
    }
}
