package dev.gatewatch.history;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.gateway.ConnectionEvents;
import dev.gatewatch.log.LogEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.Scheduler;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/**
 * What the history does by the clock: {@link Sampling} and retention.
 *
 * <p>Nobody can hold these jobs up by setting the machine's clock. Samples wait by monotonic time. Retention is Quarkus' scheduler's, which
 * compares wall clocks: a clock that is set back would stop it. So retention is scheduled anew whenever the clock is set.
 */
@Singleton
public class HistoryJobs {

    static final String RETENTION = "history-retention";

    private static final Logger log = Logger.getLogger(HistoryJobs.class);

    /** How long retention waits before it looks at the clock: until then, a clock that was set is noticed. */
    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(10);

    private final HistoryService history;
    private final ConnectionEvents events;
    private final Scheduler quarkus;
    private final Clock clock = Clock.systemUTC();
    private final Disposable.Swap turning = Disposables.swap();
    private final Disposable.Composite running = Disposables.composite(turning);

    HistoryJobs(HistoryService history, ConnectionEvents events, Scheduler quarkus) {
        this.history = history;
        this.events = events;
        this.quarkus = quarkus;
    }

    /** After the history has started. */
    void start(@Observes StartupEvent event) {
        history.engine().ifPresent(engine -> {
            running.add(new Sampling(engine, history.config().discordStatusUrl(), clock).start());
            startRetention(engine);
        });
    }

    @PreDestroy
    void stop() {
        running.dispose();
    }

    private void startRetention(HistoryEngine engine) {
        Retention retention = new Retention(history.config(), engine.scheduler());
        schedule(engine, retention);
        running.add(events.read("retention", fact -> {
            if (fact instanceof ConnectionEvent.ClockSet) {
                retention.note(fact);
                schedule(engine, retention);
            }
        }));
    }

    private void schedule(HistoryEngine engine, Retention retention) {
        quarkus.unscheduleJob(RETENTION);
        quarkus.newJob(RETENTION)
                .setCron("40 7 * * * ?")
                .setConcurrentExecution(ConcurrentExecution.SKIP)
                .setTask(turn -> turn(engine, retention))
                .schedule();
    }

    private void turn(HistoryEngine engine, Retention retention) {
        Disposable last = turning.get();
        if (last == null || last.isDisposed()) {
            turning.update(prune(engine, retention));
        }
    }

    /** A turn that finds no room, or no database, is left out. */
    private Disposable prune(HistoryEngine engine, Retention retention) {
        return Mono.delay(NOTICED_WITHIN)
                .doOnNext(waited -> engine.retire())
                .then(engine.ask(store -> retention.prune(store, clock.instant())))
                .subscribe(rows -> {}, error -> failed("pruned", error));
    }

    /** One turn that fails must not end the others. */
    static void carefully(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            failed(what, e);
        }
    }

    private static void failed(String what, Throwable failure) {
        if (failure instanceof HistoryUnavailableException) {
            log.debugf("The history could not be %s this time: %s", what, StoreLink.reason(failure));
        } else {
            LogEvent.DEFECT.log(
                    log,
                    failure,
                    "The history could not be " + what + ". This is a defect of Gatewatch, please report it.");
        }
    }
}
