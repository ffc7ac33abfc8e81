package dev.gatewatch.gateway;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.connection.Failure;
import dev.gatewatch.connection.Remedy;
import dev.gatewatch.log.LogEvent;
import discord4j.core.GatewayDiscordClient;
import discord4j.discordjson.json.gateway.Dispatch;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The gateway's life in the service: starts the {@link Fleet} with the application, and stops it with it. */
@ApplicationScoped
public class GatewayService {

    /** How long a shutdown waits for the connections to be cut. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    private static final Logger log = Logger.getLogger(GatewayService.class);
    private static final RestartBrake NO_BRAKE = new RestartBrake(List.of());
    private static final int LAST = Integer.MAX_VALUE;

    /** How often a token file is looked at while its token is refused. */
    private static final Duration TOKEN_FILE_PERIOD = Duration.ofSeconds(5);

    private final GatewayConfig config;
    private final ConnectionEvents events;
    private final StateFiles stateFiles;
    private final Scheduler scheduler = new DroppingScheduler(Schedulers.newSingle("gatewatch-supervisor"));

    private final Scheduler ordersThread = Schedulers.newSingle("gatewatch-orders");
    private final Scheduler files = Schedulers.newSingle("gatewatch-files");

    /** The token file may be on another disk than the other files. */
    private final Scheduler tokenFiles = Schedulers.newSingle("gatewatch-token-file");

    private final SupervisionWatch watch = new SupervisionWatch(
            () -> fleet().map(Fleet::deadLoops).orElseGet(List::of),
            () -> fleet().map(Fleet::wantsRestart).orElse(false),
            () -> fleet().map(Fleet::hasEnded).orElse(false));

    private final Instance<BeforeConnecting> before;
    private final Event<StartRefused> refused;
    private final Disposable.Swap starting = Disposables.swap();
    private final Disposable.Swap first = Disposables.swap();
    private final Disposable.Swap reload = Disposables.swap();
    private final Disposable.Swap resizing = Disposables.swap();
    private final Orders orders = new Orders(ordersThread, scheduler);
    private final ShardRoster roster;
    private final FleetContext fleets;
    private final List<DispatchTap> taps = new CopyOnWriteArrayList<>();

    private volatile @Nullable Fleet fleet;
    private volatile boolean begun;

    GatewayService(
            GatewayConfig config,
            StateConfig state,
            ConnectionEvents events,
            Instance<Traffic> traffic,
            @Any Instance<BeforeConnecting> before,
            Event<StartRefused> refused) {
        this.before = before;
        this.refused = refused;
        this.config = config;
        this.events = events;
        roster = new ShardRoster(events, this::now);
        stateFiles = new StateFiles(state.dataDir(), files);
        Traffic measured = traffic.isResolvable() ? traffic.get() : Traffic.UNMEASURED;
        fleets = FleetContext.of(config, stateFiles, events, roster, measured, allTaps(), scheduler);
    }

    /** The stream of facts for everybody in this application. */
    @Produces
    @Singleton
    static ConnectionEvents events() {
        return new ConnectionEvents();
    }

    /** Discord4J's client, once a shard is connected; empty when there is no token. */
    public Mono<GatewayDiscordClient> client() {
        return Mono.justOrEmpty(fleet()).flatMap(Fleet::client);
    }

    /** The first of the shards that this process runs: facts about the whole bot name it. */
    public int firstShard() {
        return ShardLayout.first(config);
    }

    /** Shows every dispatch to {@code tap} from now on. */
    public void tap(DispatchTap tap) {
        taps.add(tap);
    }

    /** The watch over the supervision itself. */
    public SupervisionWatch watch() {
        return watch;
    }

    /** Comes last: whoever reads facts is there before the first of them. The endpoints do not wait for what it takes to connect. */
    void start(@Observes @Priority(LAST) StartupEvent event) {
        watch.start(scheduler);
        ForwardProxy proxy = ForwardProxy.configured();
        proxy.summary().ifPresent(summary -> LogEvent.PROXY_USED.log(log, "%s", summary));
        proxy.problem().ifPresent(problem -> LogEvent.PROXY_UNUSABLE.log(log, "%s", problem));
        Optional<BotToken> token = BotToken.from(config);
        if (token.isEmpty()) {
            waitForToken();
        }
        starting.update(Flux.fromIterable(before)
                .flatMap(BeforeConnecting::done)
                .then(Mono.defer(() -> stateFiles.read(scheduler)))
                .subscribe(nothing -> {}, this::refuse, () -> begin(token)));
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        starting.dispose();
        Failure reason = Failure.of(Failure.Kind.SHUTDOWN, "The service is shutting down");
        CountDownLatch stopped = new CountDownLatch(1);
        orders.giveLast(Mono.defer(() -> Mono.justOrEmpty(fleet()).flatMap(running -> running.stop(reason))))
                .subscribe(nothing -> {}, error -> stopped.countDown(), stopped::countDown);
        stopped.await(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        first.dispose();
        reload.dispose();
        resizing.dispose();
        orders.dispose();
        ordersThread.dispose();
        scheduler.dispose();
        files.dispose();
        tokenFiles.dispose();
    }

    /** All shards; empty when there was no token yet. */
    Optional<Fleet> fleet() {
        return Optional.ofNullable(fleet);
    }

    /** Whether everything is done that comes before connecting; until then there is nothing to order. */
    boolean hasBegun() {
        return begun;
    }

    /** Carries out an order when those before it have ended. */
    Mono<Void> inTurn(Mono<Void> order) {
        return orders.give(order);
    }

    /** A step of an order that reads a token file, whose disk may hang. What follows is on the orders' thread again. */
    <T> Mono<T> fromDisk(Callable<T> read) {
        return Mono.fromCallable(read).subscribeOn(tokenFiles).publishOn(ordersThread);
    }

    /** Stops all shards for a reason, if there are any, and starts anew with this token. Part of an order. */
    Mono<Void> replace(BotToken token, Failure reason) {
        return Mono.justOrEmpty(fleet())
                .flatMap(before -> before.stop(reason).doOnSuccess(stopped -> leave(before, token)))
                .then(successor(token, OptionalInt.empty()));
    }

    /** The shards of another bot are others, though they have the same numbers. */
    private void leave(Fleet before, BotToken next) {
        if (!before.token().applicationId().equals(next.applicationId())) {
            roster.become(List.of());
        }
    }

    /** Starts anew with another number of shards, unless that fleet has been replaced already. */
    private void resize(Fleet outgrown, int count) {
        resizing.update(orders.give(Mono.defer(() -> isWanted(outgrown) ? resized(outgrown, count) : Mono.empty()))
                .subscribe(
                        nothing -> {},
                        error -> LogEvent.DEFECT.log(log, "The number of shards could not be changed: %s", error)));
    }

    /** An operator may have stopped it meanwhile: it asks again when it is started. */
    private boolean isWanted(Fleet outgrown) {
        return outgrown == fleet && outgrown.isAnyRunning();
    }

    private Mono<Void> resized(Fleet outgrown, int count) {
        LogEvent.SHARD_COUNT_CHANGED.log(
                log, "Discord recommends %d shards, not %d: starting again with them", count, outgrown.shardCount());
        Failure reason = Failure.of(
                Failure.Kind.RECONNECT_REQUESTED, "Discord wants " + count + " shards: starting again with them");
        return outgrown.giveWay(reason).then(successor(outgrown.token(), OptionalInt.of(count)));
    }

    /** Needs no disk: what the fleet before wanted to write is in memory. */
    private Mono<Void> successor(BotToken token, OptionalInt recommended) {
        return Mono.<Void>fromRunnable(() -> start(new Fleet(fleets, token, recommended, NO_BRAKE, this::resize)))
                .subscribeOn(ordersThread);
    }

    private void begin(Optional<BotToken> token) {
        if (starting.isDisposed()) {
            return; // stopped already
        }
        begun = true;
        token.ifPresent(present -> first.update(orders.give(Mono.fromRunnable(() -> beginWith(present)))
                .subscribe(nothing -> {}, error -> log.debugf("The start was not waited for: %s", error))));
    }

    private void beginWith(BotToken token) {
        try {
            start(new Fleet(fleets, token, OptionalInt.empty(), stateFiles.countStart(now()), this::resize));
        } catch (RuntimeException | LinkageError e) {
            refuse(e);
        }
    }

    private void refuse(Throwable cause) {
        refused.fire(new StartRefused(cause));
    }

    private void start(Fleet started) {
        fleet = started;
        started.start();
        config.tokenFile()
                .map(TokenFile::new)
                .ifPresent(file -> reload.update(Flux.interval(TOKEN_FILE_PERIOD, scheduler)
                        .onBackpressureDrop()
                        .concatMap(tick -> orders.give(reloadToken(file)).onErrorResume(error -> {
                            log.debugf("The token file is not looked at: %s", error);
                            return Mono.empty();
                        }))
                        .subscribe(
                                nothing -> {},
                                error -> LogEvent.DEFECT.log(log, "The token file is watched no more: %s", error))));
    }

    private DispatchTap allTaps() {
        return new DispatchTap() {
            @Override
            public void seen(int shard, Dispatch dispatch) {
                taps.forEach(tap -> tap.seen(shard, dispatch));
            }

            @Override
            public boolean reads(String type) {
                return taps.stream().anyMatch(tap -> tap.reads(type));
            }
        };
    }

    /** Starts again with a changed token, when Discord refused the one before. */
    private Mono<Void> reloadToken(TokenFile file) {
        return Mono.fromSupplier(this::refusedToken)
                .flatMap(Mono::justOrEmpty)
                .flatMap(refused -> fromDisk(() -> file.other(refused)))
                .flatMap(Mono::justOrEmpty)
                .flatMap(changed -> restartWith(changed, file));
    }

    private Optional<BotToken> refusedToken() {
        return fleet().filter(Fleet::isTokenRefused).map(Fleet::token);
    }

    private Mono<Void> restartWith(BotToken changed, TokenFile file) {
        LogEvent.TOKEN_RELOADED.log(log, "%s holds another token: starting again", file);
        return replace(changed, Failure.of(Failure.Kind.OPERATOR, "The token file has changed"));
    }

    private Instant now() {
        return Instant.ofEpochMilli(scheduler.now(TimeUnit.MILLISECONDS));
    }

    private void waitForToken() {
        Failure missing = Failure.of(
                Failure.Kind.CONFIGURATION,
                "There is no bot token: neither DISCORD_TOKEN nor DISCORD_TOKEN_FILE is set");
        int first = ShardLayout.first(config);
        Instant now = now();
        roster.become(List.of(first));
        events.publish(new ConnectionEvent.Started(first, now));
        events.publish(
                new ConnectionEvent.ErrorOccurred(first, now, missing.kind().name(), missing.message()));
        events.publish(new ConnectionEvent.Stopped(first, now, missing, Remedy.of(missing)));
    }
}
