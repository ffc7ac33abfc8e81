package dev.gatewatch.alert;

import dev.gatewatch.alert.AlertConfig.OnFailure;
import dev.gatewatch.alert.Delivery.Outcome;
import dev.gatewatch.connection.MonitorLooked;
import dev.gatewatch.log.LogEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The dead man's switch: at each look of the scheduled monitor it tells somebody outside that all is well, or that it is not; when
 * nothing comes at all, they know that Gatewatch is gone.
 */
@Singleton
public class DeadMan {

    private static final Logger log = Logger.getLogger(DeadMan.class);

    private final AlertService alerts;
    private final Optional<URI> url;
    private final OnFailure onFailure;
    private final Disposable.Swap asking = Disposables.swap();
    private final Telling telling = new Telling(this::ping, this::note, DeadMan::failed, Schedulers.parallel());
    private final AtomicReference<@Nullable Outcome> last = new AtomicReference<>();

    DeadMan(AlertService alerts, AlertConfig config) {
        this.alerts = alerts;
        url = config.deadmanUrl().filter(text -> !text.isBlank()).map(AlertTargets::ping);
        onFailure = config.deadmanOnFailure();
    }

    /** The monitor does not wait for what a look tells. */
    void looked(@Observes MonitorLooked look) {
        if (url.isPresent()) {
            asking.update(alerts.isWell()
                    .map(well -> well && look.doubted().isEmpty())
                    .subscribe(telling::tell, DeadMan::failed));
        }
    }

    @PreDestroy
    void close() {
        asking.dispose();
        telling.close();
    }

    /** Where a failure is told: below the URL, before its query. */
    static URI failing(URI url) {
        String text = url.toString();
        int query = text.indexOf('?');
        String path = (query < 0 ? text : text.substring(0, query)).replaceAll("/+$", "");
        return URI.create(path + "/fail" + (query < 0 ? "" : text.substring(query)));
    }

    private Mono<Delivery> ping(boolean well) {
        return Mono.justOrEmpty(url)
                .filter(target -> well || onFailure != OnFailure.SILENCE)
                .flatMap(target -> alerts.ping(well ? target : failing(target)));
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
