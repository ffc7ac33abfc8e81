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

    private static final int LAST = Integer.MAX_VALUE;

    /** How often a token file is looked at while its token is refused. */
    private static final Duration TOKEN_FILE_PERIOD = Duration.ofSeconds(5);

    private final GatewayConfig config;
    private final ConnectionEvents events;
    private final StateFiles stateFiles;
    private final Traffic traffic;
    private final Scheduler scheduler = new DroppingScheduler(Schedulers.newSingle("gatewatch-supervisor"));

    private final Scheduler files = Schedulers.newSingle("gatewatch-files");
    private final SupervisionWatch watch = new SupervisionWatch(
            () -> fleet().map(Fleet::deadLoops).orElseGet(List::of),
            () -> fleet().map(Fleet::wantsRestart).orElse(false));

    private final Instance<BeforeConnecting> before;
    private final Event<StartRefused> refused;
    private final Disposable.Swap starting = Disposables.swap();
    private final Disposable.Swap reload = Disposables.swap();
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
        stateFiles = new StateFiles(state.dataDir(), files);
        this.traffic = traffic.isResolvable() ? traffic.get() : Traffic.UNMEASURED;
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
        Optional<BotToken> token = BotToken.from(config);
        if (token.isEmpty()) {
            waitForToken();
        }
        starting.update(Flux.fromIterable(before)
                .flatMap(BeforeConnecting::done)
                .subscribe(nothing -> {}, this::refuse, () -> files.schedule(() -> begin(token))));
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        starting.dispose();
        Failure reason = Failure.of(Failure.Kind.SHUTDOWN, "The service is shutting down");
        CountDownLatch stopped = new CountDownLatch(1);
        Mono.defer(() -> Mono.justOrEmpty(fleet()).flatMap(running -> running.stop(reason)))
                .subscribeOn(files) // where it may still be starting
                .subscribe(nothing -> {}, error -> stopped.countDown(), stopped::countDown);
        stopped.await(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        reload.dispose();
        scheduler.dispose();
        files.dispose();
    }

    /** All shards; empty when there was no token yet. */
    Optional<Fleet> fleet() {
        return Optional.ofNullable(fleet);
    }

    /** Whether everything is done that comes before connecting; until then there is nothing to order. */
    boolean hasBegun() {
        return begun;
    }

    /** The thread on which files are read, and on which one change of the fleet follows the other. */
    Scheduler files() {
        return files;
    }

    /** Stops all shards for a reason, if there are any, and starts anew with this token. */
    Mono<Void> replace(BotToken token, Failure reason) {
        return Mono.justOrEmpty(fleet())
                .flatMap(before -> before.stop(reason))
                .then(Mono.fromRunnable(() -> start(token, new RestartBrake(List.of()))));
    }

    private void begin(Optional<BotToken> token) {
        if (starting.isDisposed()) {
            return; // stopped already
        }
        begun = true;
        try {
            token.ifPresent(present -> start(present, stateFiles.countStart(now())));
        } catch (RuntimeException | LinkageError e) {
            refuse(e);
        }
    }

    private void refuse(Throwable cause) {
        refused.fire(new StartRefused(cause));
    }

    private void start(BotToken token, RestartBrake brake) {
        DispatchTap all = new DispatchTap() {
            @Override
            public void seen(int shard, Dispatch dispatch) {
                taps.forEach(tap -> tap.seen(shard, dispatch));
            }

            @Override
            public boolean reads(String type) {
                return taps.stream().anyMatch(tap -> tap.reads(type));
            }
        };
        Fleet started = new Fleet(config, token, stateFiles, brake, events, traffic, all, scheduler);
        fleet = started;
        started.start();
        config.tokenFile()
                .map(TokenFile::new)
                .ifPresent(file -> reload.update(Flux.interval(TOKEN_FILE_PERIOD, files)
                        .onBackpressureDrop()
                        .subscribe(tick -> reloadToken(file))));
    }

    /** Starts again with a changed token, when Discord refused the one before. */
    private void reloadToken(TokenFile file) {
        Fleet refused = fleet;
        if (refused == null || !refused.isTokenRefused()) {
            return;
        }
        file.other(refused.token()).ifPresent(changed -> {
            LogEvent.TOKEN_RELOADED.log(log, "%s holds another token: starting again", file);
            replace(changed, Failure.of(Failure.Kind.OPERATOR, "The token file has changed"))
                    .subscribe();
        });
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
        events.publish(new ConnectionEvent.Started(first, now));
        events.publish(
                new ConnectionEvent.ErrorOccurred(first, now, missing.kind().name(), missing.message()));
        events.publish(new ConnectionEvent.Stopped(first, now, missing, Remedy.of(missing)));
    }
}
