package dev.gatewatch.alert;

import dev.gatewatch.connection.Backoff;
import dev.gatewatch.gateway.ConnectionEvents;
import dev.gatewatch.history.History;
import dev.gatewatch.history.HistoryConfig;
import dev.gatewatch.history.SharedDatabase;
import dev.gatewatch.log.LogEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The alerts' life in the service, and what others may ask of them. */
@Singleton
public class AlertService {

    private static final Logger log = Logger.getLogger(AlertService.class);

    /** How long a target may take to answer. */
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    /** How long a shutdown waits for the last word to be written. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(3);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(2);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

    private final Scheduler scheduler = Schedulers.newSingle("gatewatch-alerts");
    private final AlertConfig config;
    private final ConnectionEvents events;
    private final AlertEngine engine;
    private final WebhookSender sender;

    AlertService(
            AlertConfig config,
            HistoryConfig historyConfig,
            History history,
            SharedDatabase database,
            ConnectionEvents events,
            MeterRegistry registry) {
        this.config = config;
        this.events = events;
        sender = new WebhookSender(signature(config), DEADLINE, scheduler);
        String instance = historyConfig.instanceId();
        boolean kept = historyConfig.historyEnabled();
        AlertStore store = kept ? new JdbcAlertStore(database, instance) : new NoStore();
        Mirror mirror = new Mirror(store, events.failures(), scheduler);
        DeliveryCounter counter = new DeliveryCounter(registry);
        Backoff backoff = new Backoff(
                FIRST_RETRY, LONGEST_RETRY, () -> ThreadLocalRandom.current().nextDouble());
        List<Lane> lanes = targets(config).stream()
                .map(target -> new Lane(
                        target,
                        sender,
                        backoff,
                        config.alertGiveUpAfter(),
                        mirror,
                        counter,
                        events.failures(),
                        scheduler))
                .toList();
        engine = new AlertEngine(
                AlertSettings.of(config),
                new HistorySources(history, instance, scheduler),
                lanes,
                mirror,
                events.failures(),
                scheduler);
    }

    /** How the alerts do. */
    public Mono<AlertReport> report() {
        return engine.report();
    }

    /** Sends every target a test alert and tells how that ended, in the order of the setting. */
    public Mono<List<TestOutcome>> test() {
        return engine.test(sender);
    }

    /** Whether nothing is wrong that an alert would be opened for, or that is meant to be. */
    Mono<Boolean> isWell() {
        return engine.isWell();
    }

    /** Asks for a URL and nothing more. Never fails. */
    Mono<Delivery> ping(URI url) {
        return sender.ping(url);
    }

    /** After the history, before the gateway. */
    void start(@Observes StartupEvent event) {
        List<Target> targets = targets(config);
        if (targets.isEmpty()) {
            LogEvent.ALERTS_STARTED.log(log, "No alerts are sent: GATEWATCH_ALERT_TARGETS is not set");
        } else {
            LogEvent.ALERTS_STARTED.log(log, "Alerts go to %s", targets);
        }
        engine.start(events.stream());
    }

    /** After the gateway, before the history. */
    void stop(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) ShutdownEvent event) throws InterruptedException {
        CountDownLatch written = new CountDownLatch(1);
        engine.stop().subscribe(nothing -> {}, error -> written.countDown(), written::countDown);
        written.await(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        scheduler.dispose();
        sender.close();
    }

    private static List<Target> targets(AlertConfig config) {
        return config.alertTargets()
                .filter(text -> !text.isBlank())
                .map(text -> AlertTargets.parse(text).list())
                .orElse(List.of());
    }

    private static @Nullable Signature signature(AlertConfig config) {
        return config.alertSecret()
                .map(String::strip)
                .filter(secret -> !secret.isEmpty())
                .map(Signature::with)
                .orElse(null);
    }
}
