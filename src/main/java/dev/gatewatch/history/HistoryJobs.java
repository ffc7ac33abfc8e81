package dev.gatewatch.history;

import dev.gatewatch.log.LogEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * What the history does by the clock: samples, retention, the look at Discord's status page.
 *
 * <p>Samples go by {@link Turns}, since Quarkus' scheduler stands still for as long as a clock was set back. Retention may: it deletes
 * by the same wall clock, so that nothing becomes due in the meantime.
 */
@Singleton
public class HistoryJobs {

    private static final Logger log = Logger.getLogger(HistoryJobs.class);

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final HistoryService history;
    private final Clock clock = Clock.systemUTC();
    private final Disposable.Composite running = Disposables.composite();

    HistoryJobs(HistoryService history) {
        this.history = history;
    }

    /** After the history has started. */
    void start(@Observes StartupEvent event) {
        history.engine().ifPresent(engine -> {
            Turns turns = new Turns(engine.scheduler(), clock::instant);
            running.add(turns.every(MINUTE, Duration.ZERO).subscribe(turn -> sample(engine), HistoryJobs::ended));
        });
    }

    @Scheduled(identity = "history-retention", cron = "40 7 * * * ?", concurrentExecution = ConcurrentExecution.SKIP)
    void prune() {
        history.engine().ifPresent(engine -> engine.scheduler().schedule(() -> prune(engine)));
    }

    @PreDestroy
    void stop() {
        running.dispose();
    }

    private void sample(HistoryEngine engine) {
        Instant now = clock.instant();
        carefully("sampled", () -> {
            engine.sample(now);
            askStatusPage(engine, now);
        });
    }

    private void prune(HistoryEngine engine) {
        carefully("pruned", () -> {
            engine.store().retire(clock.instant());
            new Retention(history.config()).prune(engine.store(), clock.instant());
        });
    }

    private void askStatusPage(HistoryEngine engine, Instant now) {
        history.config()
                .discordStatusUrl()
                .filter(url -> !engine.away().isEmpty())
                .ifPresent(url -> StatusPage.read(url).thenAccept(word -> engine.statusPage(now, word)));
    }

    private static void carefully(String what, Runnable work) {
        try {
            work.run();
        } catch (HistoryUnavailableException e) {
            log.debugf("The history could not be %s this time: %s", what, StoreLink.reason(e));
        } catch (RuntimeException e) {
            LogEvent.DEFECT.log(
                    log, e, "The history could not be " + what + ". This is a defect of Gatewatch, please report it.");
        }
    }

    /** Where JDBC is done is closed before this bean is: nothing more is to be done then. */
    private static void ended(Throwable cause) {
        log.debugf("The history's jobs have ended: %s", cause);
    }
}
