package dev.gatewatch.alert;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.gateway.ReaderFailures;
import dev.gatewatch.history.EventIds;
import dev.gatewatch.history.MaintenanceWindow;
import dev.gatewatch.history.Verdict;
import dev.gatewatch.log.LogEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Running alerts: folds the facts, asks the policy every second, and posts what it decides. Everything happens on one thread, its
 * scheduler's.
 */
final class AlertEngine {

    private static final Logger log = Logger.getLogger(AlertEngine.class);

    /** How long the start waits to hear from the database what is open already, before it decides without it. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Who fails here, for the log. */
    private static final String READER = "alerts";

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration LOAD_AGAIN = Duration.ofSeconds(2);
    private static final int REMEMBERED_LOSSES = 50;
    private static final int UNSTEADY_TICKS = 2;

    private final AlertSettings settings;
    private final AlertPolicy policy;
    private final AlertSources sources;
    private final List<Lane> lanes;
    private final Mirror mirror;
    private final Post post;
    private final ReaderFailures failures;
    private final Scheduler scheduler;
    private final EventIds ids = new EventIds();
    private final Sinks.Many<Notice> notices = Sinks.many().unicast().onBackpressureBuffer();
    private final Disposable.Composite subscriptions = Disposables.composite();
    private AlertState state = AlertState.EMPTY;
    private Quiet quiet = Quiet.NEVER;
    private boolean deciding;
    private long ahead; // the wall clock's milliseconds minus the monotonic clock's
    private int unsteady;

    AlertEngine(
            AlertSettings settings,
            AlertSources sources,
            List<Lane> lanes,
            Mirror mirror,
            ReaderFailures failures,
            Scheduler scheduler) {
        this.settings = settings;
        policy = new AlertPolicy(settings);
        this.sources = sources;
        this.lanes = List.copyOf(lanes);
        this.mirror = mirror;
        this.failures = failures;
        post = new Post(lanes, mirror, scheduler);
        this.scheduler = scheduler;
    }

    /** Begins. */
    void start(Flux<ConnectionEvent> events) {
        ahead = ahead();
        subscriptions.add(events.publishOn(scheduler).subscribe(failures.guard(READER, this::note)));
        subscriptions.add(notices.asFlux().concatMap(this::tell).subscribe());
        subscriptions.add(mirror.load()
                .doOnError(error -> log.debugf("The alerts' outbox cannot be read yet: %s", error.getMessage()))
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, LOAD_AGAIN).scheduler(scheduler))
                .subscribe(failures.guard(READER, this::adopt)));
        subscriptions.add(scheduler.schedule(() -> deciding = true, PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        subscriptions.add(Flux.defer(sources::maintenance)
                .publishOn(scheduler)
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, LOAD_AGAIN)
                        .scheduler(scheduler)
                        .doBeforeRetry(signal -> failures.note(READER, signal.failure())))
                .subscribe(failures.guard(READER, this::keepQuiet)));
        subscriptions.add(Flux.interval(TICK, scheduler).onBackpressureDrop().subscribe(tick -> tick()));
    }

    /** Ends, once what waits is in the database, if it can be. */
    Mono<Void> stop() {
        return Mono.defer(() -> {
                    subscriptions.dispose();
                    lanes.forEach(Lane::close);
                    return mirror.flush().then();
                })
                .subscribeOn(scheduler);
    }

    /** How the alerts do. */
    Mono<AlertReport> report() {
        return Mono.fromCallable(() -> new AlertReport(
                        post.open(), lanes.stream().map(Lane::report).toList(), quiet.at(now()), mirror.isClean()))
                .subscribeOn(scheduler);
    }

    /** Whether nothing is wrong that an alert would be opened for, or that is meant to be. */
    Mono<Boolean> isWell() {
        return Mono.fromCallable(() -> {
                    Condition down = GatewayCondition.of(state, settings, quiet, now());
                    return !state.shards().isEmpty() && (!down.raised() || quiet.at(now()));
                })
                .subscribeOn(scheduler);
    }

    /** Sends every target a test alert, all at once, past what waits for it. */
    Mono<List<TestOutcome>> test(Sender sender) {
        return Mono.defer(() -> {
                    AlertMessage message = AlertMessage.test(ids.next(now()), sources.instance(), now());
                    return Flux.fromIterable(lanes)
                            .flatMapSequential(lane -> test(lane, sender, message))
                            .collectList();
                })
                .subscribeOn(scheduler);
    }

    private Mono<TestOutcome> test(Lane lane, Sender sender, AlertMessage message) {
        long begin = scheduler.now(TimeUnit.NANOSECONDS);
        return sender.send(lane.target(), message).publishOn(scheduler).map(delivery -> {
            lane.note(message, delivery);
            if (delivery.outcome() == Delivery.Outcome.DELIVERED) {
                lane.revive();
            }
            return new TestOutcome(
                    lane.target().name(), delivery, Duration.ofNanos(scheduler.now(TimeUnit.NANOSECONDS) - begin));
        });
    }

    private void note(ConnectionEvent event) {
        if (event instanceof ConnectionEvent.ClockSet set && state.movesAlerts(set)) {
            post.moved(set);
        }
        state = StandingFold.fold(state, event, Math.max(settings.flapLosses(), REMEMBERED_LOSSES));
    }

    private void keepQuiet(List<MaintenanceWindow> windows) {
        quiet = new Quiet(windows);
    }

    private void adopt(AlertStore.Kept kept) {
        deciding = true;
        state = state.adopt(kept.alerts());
        Set<AlertRule> rules = kept.alerts().stream().map(OpenAlert::rule).collect(Collectors.toSet());
        post.adopt(
                state.open().values().stream()
                        .filter(alert -> rules.contains(alert.rule()))
                        .toList(),
                kept.parcels());
    }

    /** Each step on its own: where one fails, the others still run. */
    private void tick() {
        failures.run(READER, this::decide);
        lanes.forEach(lane -> failures.run(READER, lane::look));
        failures.run(READER, mirror::retry);
    }

    private void decide() {
        boolean steady = isClockSteady();
        if (deciding && steady) {
            Decision decision = policy.decide(state, quiet, now());
            state = decision.state();
            decision.notices().forEach(notice -> notices.emitNext(notice, Sinks.EmitFailureHandler.FAIL_FAST));
        }
    }

    /** A clock that was just set is told as a fact within two ticks: what is decided before that would go by wrong ages. */
    private boolean isClockSteady() {
        long now = ahead();
        boolean isSet = Math.abs(now - ahead) >= TICK.toMillis();
        ahead = now;
        unsteady = isSet ? UNSTEADY_TICKS : Math.max(0, unsteady - 1);
        return unsteady == 0;
    }

    private long ahead() {
        long ran = scheduler.now(TimeUnit.NANOSECONDS);
        return scheduler.now(TimeUnit.MILLISECONDS) - TimeUnit.NANOSECONDS.toMillis(ran);
    }

    /** Never fails: what goes wrong with one notice must not end the telling. */
    private Mono<Void> tell(Notice notice) {
        return verdict(notice)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .publishOn(scheduler)
                .flatMap(verdict ->
                        failures.attempt(READER, () -> post.send(notice, message(notice, verdict.orElse(null)))));
    }

    /** What a person wants to know at the end of an outage; the end is told without it as well. */
    private Mono<Verdict> verdict(Notice notice) {
        if (notice.occasion() != Occasion.RESOLVED || notice.alert().rule() != AlertRule.GATEWAY_DOWN) {
            return Mono.empty();
        }
        return failures.attempt(READER, () -> sources.verdict(notice.alert().since(), notice.at()));
    }

    private AlertMessage message(Notice notice, @Nullable Verdict verdict) {
        AlertMessage message = AlertMessage.of(notice, ids.next(notice.at()), sources.instance(), verdict);
        LogEvent.ALERT_TOLD.log(
                log, "Alert %s, %s: %s", message.alert(), message.occasion().word(), message.title());
        return message;
    }

    private Instant now() {
        return Instant.ofEpochMilli(scheduler.now(TimeUnit.MILLISECONDS));
    }
}
