package dev.gatewatch.history;

import dev.gatewatch.log.LogEvent;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Ends each minute with samples, and asks Discord's status page while a shard is away.
 *
 * <p>It has a thread of its own: samples only wait in memory for the writer, so that they need no room beside those who use the database.
 */
final class Sampling {

    private static final Logger log = Logger.getLogger(Sampling.class);

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final HistoryEngine engine;
    private final Optional<URI> statusPage;
    private final Clock clock;

    Sampling(HistoryEngine engine, Optional<URI> statusPage, Clock clock) {
        this.engine = engine;
        this.statusPage = statusPage;
        this.clock = clock;
    }

    /** Samples until it is disposed. */
    Disposable start() {
        return start(Schedulers.newSingle("gatewatch-samples", true));
    }

    Disposable start(Scheduler timer) {
        Disposable.Composite running = Disposables.composite(timer);
        running.add(new Turns(timer, clock::instant)
                .every(MINUTE, Duration.ZERO)
                .subscribe(turn -> HistoryJobs.carefully("sampled", this::sample), error -> ended(running, error)));
        return running;
    }

    private void sample() {
        Instant now = clock.instant();
        engine.sample(now);
        statusPage.filter(url -> !engine.away().isEmpty()).ifPresent(url -> StatusPage.read(url)
                .thenAccept(word -> engine.statusPage(now, word)));
    }

    private static void ended(Disposable running, Throwable cause) {
        if (!running.isDisposed()) {
            LogEvent.DEFECT.log(
                    log,
                    cause,
                    "The history takes no more samples until a restart. This is a defect of Gatewatch, please report it.");
        }
    }
}
