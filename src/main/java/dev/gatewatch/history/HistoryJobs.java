package dev.gatewatch.history;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import org.jboss.logging.Logger;

/** What the history does by the clock: samples, retention, the look at Discord's status page. */
@Singleton
public class HistoryJobs {

    private static final Logger log = Logger.getLogger(HistoryJobs.class);

    private final HistoryService history;
    private final Clock clock = Clock.systemUTC();

    HistoryJobs(HistoryService history) {
        this.history = history;
    }

    @Scheduled(identity = "history-sample", cron = "0 * * * * ?", concurrentExecution = ConcurrentExecution.SKIP)
    void sample() {
        Instant now = clock.instant();
        history.engine().ifPresent(engine -> {
            engine.sample(now);
            askStatusPage(engine, now);
        });
    }

    @Scheduled(identity = "history-retention", cron = "40 7 * * * ?", concurrentExecution = ConcurrentExecution.SKIP)
    void prune() {
        history.engine()
                .ifPresent(engine -> inBackground(engine, "pruned", () -> {
                    engine.store().retire(clock.instant());
                    new Retention(history.config()).prune(engine.store(), clock.instant());
                }));
    }

    private void askStatusPage(HistoryEngine engine, Instant now) {
        history.config()
                .discordStatusUrl()
                .filter(url -> !engine.away().isEmpty())
                .ifPresent(url -> StatusPage.read(url).thenAccept(word -> engine.statusPage(now, word)));
    }

    private static void inBackground(HistoryEngine engine, String what, Runnable work) {
        engine.scheduler().schedule(() -> {
            try {
                work.run();
            } catch (HistoryUnavailableException e) {
                log.debugf("The history could not be %s this time: %s", what, StoreLink.reason(e));
            }
        });
    }
}
