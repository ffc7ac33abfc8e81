package dev.gatewatch.alert;

import dev.gatewatch.alert.AlertConfig.OnFailure;
import dev.gatewatch.alert.Delivery.Outcome;
import dev.gatewatch.connection.MonitorLooked;
import dev.gatewatch.log.LogEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The dead man's switch: at each look of the scheduled monitor it tells somebody outside that all is well, or that it is not; when
 * nothing comes at all, they know that Gatewatch is gone.
 */
@Singleton
public class DeadMan {

    private static final Logger log = Logger.getLogger(DeadMan.class);
    private static final int ATTEMPTS = 3;

    /** Before the second attempt, and twice as long before the third. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final AlertService alerts;
    private final Optional<URI> url;
    private final OnFailure onFailure;
    private final Scheduler clock = Schedulers.parallel();
    private final Disposable.Swap telling = Disposables.swap();
    private final AtomicReference<@Nullable Outcome> last = new AtomicReference<>();

    DeadMan(AlertService alerts, AlertConfig config) {
        this.alerts = alerts;
        url = config.deadmanUrl().filter(text -> !text.isBlank()).map(AlertTargets::ping);
        onFailure = config.deadmanOnFailure();
    }

    /** One look, one ping; the monitor does not wait for it. What the look before still tries is old news. */
    void looked(@Observes MonitorLooked look) {
        url.ifPresent(target -> telling.update(alerts.isWell()
                .map(well -> well && look.doubted().isEmpty())
                .flatMap(well -> tell(target, well))
                .subscribe(this::note, DeadMan::failed)));
    }

    @PreDestroy
    void close() {
        telling.dispose();
    }

    /** The same ping up to three times, with a pause that grows, until it is answered for good; tells how the last one ended. */
    static Mono<Delivery> patiently(Mono<Delivery> ping, Scheduler clock) {
        return attempt(1, ping, clock);
    }

    private static Mono<Delivery> attempt(int number, Mono<Delivery> ping, Scheduler clock) {
        return ping.flatMap(delivery -> delivery.outcome() != Outcome.RETRIED || number == ATTEMPTS
                ? Mono.just(delivery)
                : Mono.delay(PAUSE.multipliedBy(number), clock).then(attempt(number + 1, ping, clock)));
    }

    /** Where a failure is told: below the URL, before its query. */
    static URI failing(URI url) {
        String text = url.toString();
        int query = text.indexOf('?');
        String path = (query < 0 ? text : text.substring(0, query)).replaceAll("/+$", "");
        return URI.create(path + "/fail" + (query < 0 ? "" : text.substring(query)));
    }

    private Mono<Delivery> tell(URI target, boolean well) {
        if (!well && onFailure == OnFailure.SILENCE) {
            return Mono.empty();
        }
        return patiently(Mono.defer(() -> alerts.ping(well ? target : failing(target))), clock);
    }

    /** A look in the midst of a shutdown finds nobody to ask. */
    private static void failed(Throwable error) {
        if (error instanceof RejectedExecutionException) {
            log.debug("The dead man's switch is not fed any more: the service is shutting down");
        } else {
            LogEvent.DEFECT.log(log, error, "The dead man's switch failed");
        }
    }

    private void note(Delivery delivery) {
        boolean works = delivery.outcome() == Outcome.DELIVERED;
        Outcome before = last.getAndSet(delivery.outcome());
        if (!works && (before == null || before == Outcome.DELIVERED)) {
            LogEvent.DEADMAN_DOWN.log(log, "The dead man's switch (GATEWATCH_DEADMAN_URL) %s", delivery.words());
        } else if (works && before != null && before != Outcome.DELIVERED) {
            LogEvent.DEADMAN_UP.log(log, "The dead man's switch (GATEWATCH_DEADMAN_URL) works again");
        }
    }
}
