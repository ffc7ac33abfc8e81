package dev.gatewatch.gateway;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.connection.Failure;
import dev.gatewatch.log.LogEvent;
import discord4j.core.GatewayDiscordClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * All shards of this process: one supervisor each, and one Discord4J client above them.
 *
 * <p>Where the number of shards is known, from the configuration or from the sessions of the process before, all start at once.
 * Else the first shard's supervisor starts alone and asks Discord where the gateway is and how many shards it recommends.
 */
final class Fleet {

    private static final Logger log = Logger.getLogger(Fleet.class);

    /** How often sessions are written: a process that is killed replays at most this much twice. */
    private static final Duration SAVE_EVERY = Duration.ofSeconds(2);

    private final FleetContext context;
    private final GatewayConfig config;
    private final BotToken token;
    private final StateFiles files;
    private final GuildsFile guilds;
    private final SessionsFile sessions;
    private final ConnectionEvents events;
    private final Scheduler scheduler;
    private final RequestGuard guard;
    private final DiscordAdapter adapter;
    private final IdentifyLedger ledger;
    private final ShardCount count;
    private final Supplies supplies;
    private final RestartBrake brake;
    private final Map<Integer, Shard> shards = new ConcurrentHashMap<>();
    private final Sinks.One<GatewayDiscordClient> client = Sinks.one();
    private final Disposable.Composite subscriptions = Disposables.composite();

    private volatile @Nullable Wire wire;

    /**
     * @param recommended how many shards Discord recommended a moment ago; empty when it was not asked
     * @param resize is told the number of shards that another fleet is to have in the place of this one
     */
    Fleet(
            FleetContext context,
            BotToken token,
            OptionalInt recommended,
            RestartBrake brake,
            BiConsumer<Fleet, Integer> resize) {
        this.context = context;
        this.token = token;
        this.brake = brake;
        config = context.config();
        files = context.files();
        events = context.events();
        scheduler = context.scheduler();
        guilds = new GuildsFile(files, token.applicationId(), scheduler);
        sessions = new SessionsFile(files);
        guard = new RequestGuard(scheduler, context.traffic());
        ledger = new IdentifyLedger(this::now, config.identifyReserve(), files.account(), files::save);
        adapter = new DiscordAdapter(config, token, guard, context.traffic(), this::told);
        OptionalInt wanted = config.shardCount().isPresent() ? config.shardCount() : recommended;
        Optional<SavedSessions> before = sessions.before(saved -> isOurs(saved, wanted));
        count = new ShardCount(
                config.shardCount(),
                recommended,
                before.map(this::countToResume).orElseGet(OptionalInt::empty),
                adapter.directory(),
                this::hasSession,
                wantedInstead -> resize.accept(this, wantedInstead));
        supplies = new Supplies(
                () -> Objects.requireNonNull(wire, "the shard count is known before the first connect"),
                adapter.directory(),
                count,
                context.gate(),
                ledger,
                new NetworkProbe(scheduler, () -> ThreadLocalRandom.current().nextDouble()),
                SupervisionRules.of(config, () -> ThreadLocalRandom.current().nextDouble()),
                events,
                scheduler);
    }

    /** Starts all shards, resuming the sessions of the process before where they are young enough. */
    void start() {
        if (count.get() > 0) {
            begin();
        } else {
            context.roster().become(List.of(ShardLayout.first(config)));
            subscriptions.add(adapter.directory()
                    .first()
                    .subscribe(
                            answer -> {
                                count.set(answer.shards());
                                begin();
                            },
                            error -> events.failures().note("fleet", error)));
            shard(ShardLayout.first(config)).start();
        }
        subscriptions.add(events.read("request guard", this::closeAfter));
        subscriptions.add(Flux.interval(SAVE_EVERY, scheduler)
                .onBackpressureDrop()
                .concatMap(tick -> saveAgain())
                .subscribe());
    }

    /** Stops all shards, keeping their sessions; completes when every connection is cut and the sessions are on disk. */
    Mono<Void> stop(Failure reason) {
        return end(supervisor -> supervisor.stop(reason));
    }

    /** The same without a word about a stop, since another fleet of this bot takes its place. */
    Mono<Void> giveWay(Failure reason) {
        return end(supervisor -> supervisor.giveWay(reason));
    }

    private Mono<Void> end(Function<GatewaySupervisor, Mono<Void>> each) {
        return Flux.fromIterable(shards.values())
                .flatMap(shard -> each.apply(shard.supervisor))
                .then(Mono.defer(() -> save(true)))
                .then(files.written())
                .doFinally(signal -> {
                    subscriptions.dispose();
                    adapter.dispose();
                });
    }

    /** Stops all shards, keeping their sessions, until {@link #resume}; completes when every connection is cut. */
    Mono<Void> halt(Failure reason) {
        return Flux.fromIterable(shards.values())
                .flatMap(shard -> shard.supervisor.stop(reason))
                .then(Mono.defer(() -> save(true)));
    }

    /** Starts all shards that are stopped. */
    Mono<Void> resume() {
        return Mono.fromRunnable(() -> shards.values().forEach(shard -> shard.supervisor.start()));
    }

    /** Makes new connections for these shards; completes when the old ones are cut. */
    Mono<Void> reconnect(List<Integer> ids, boolean keepSession, Failure reason) {
        return Flux.fromIterable(ids)
                .flatMap(id -> shard(id).supervisor.reconnect(keepSession, reason))
                .then();
    }

    /** The shards' indexes, in order. */
    List<Integer> shards() {
        return shards.keySet().stream().sorted().toList();
    }

    /** Whether the shard is being kept connected. */
    boolean isRunning(int shard) {
        return Optional.ofNullable(shards.get(shard))
                .map(known -> known.supervisor.isRunning())
                .orElse(false);
    }

    boolean isAnyRunning() {
        return shards.values().stream().anyMatch(shard -> shard.supervisor.isRunning());
    }

    boolean isAnyStopped() {
        return shards.values().stream().anyMatch(shard -> !shard.supervisor.isRunning());
    }

    /** Discord4J's client, once the first shard is connected. */
    Mono<GatewayDiscordClient> client() {
        return client.asMono();
    }

    /** The shards whose supervision ended although nobody stopped it. */
    List<Integer> deadLoops() {
        return shards.entrySet().stream()
                .filter(shard -> shard.getValue().supervisor.isDead())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether Discord refused this token for good. */
    boolean isTokenRefused() {
        return guard.isClosed();
    }

    /** How many shards the bot has over all processes; 0 before it is known. */
    int shardCount() {
        return count.get();
    }

    /** The token in use. */
    BotToken token() {
        return token;
    }

    /** Whether a shard asks for a restart of the process. */
    boolean wantsRestart() {
        return shards.values().stream().anyMatch(shard -> shard.supervisor.wantsRestart());
    }

    private void begin() {
        ShardLayout layout = ShardLayout.of(config, count.get());
        context.roster().become(layout.ids());
        wire = adapter.wire(count.get(), scheduler, this::shard, (id, oneShot) -> shard(id)
                .client
                .adopt(oneShot));
        layout.ids().forEach(this::shard);
        subscriptions.add(adapter.login(layout, id -> shard(id).client)
                .subscribe(
                        found -> client.emitValue(found, Sinks.EmitFailureHandler.FAIL_FAST),
                        error -> LogEvent.LOGIN_FAILED.log(log, "Discord4J could not be set up: %s", error)));
        layout.ids().forEach(id -> shard(id).start());
    }

    private void told(GatewayBot answer) {
        context.maxConcurrency().set(answer.maxConcurrency());
        ledger.told(answer);
        events.publish(new ConnectionEvent.BudgetCounted(ShardLayout.first(config), now(), ledger.budget()));
    }

    private boolean isOurs(SavedSessions sessions, OptionalInt wanted) {
        return sessions.applicationId().equals(token.applicationId())
                && wanted.orElse(sessions.shardCount()) == sessions.shardCount();
    }

    /** The number of shards that sessions were begun with, if one of them is young enough to be resumed. */
    private OptionalInt countToResume(SavedSessions saved) {
        boolean usable = saved.shardCount() > 0 && saved.isAnyYoung(now(), config.sessionMaxAge());
        return usable ? OptionalInt.of(saved.shardCount()) : OptionalInt.empty();
    }

    private boolean hasSession() {
        return shards.values().stream()
                .anyMatch(shard -> shard.supervisor.session().isPresent());
    }

    /** No more requests with a token that Discord refuses. */
    private void closeAfter(ConnectionEvent event) {
        if (event instanceof ConnectionEvent.Stopped stopped
                && stopped.failure().refusesToken()) {
            guard.close(stopped.failure());
        }
    }

    /** Never fails: one write that does must not be the last. */
    private Mono<Void> saveAgain() {
        return events.failures().attempt("state files", () -> save(false));
    }

    /** Guilds first: a session on disk whose guilds are not would be resumed without them. */
    private Mono<Void> save(boolean last) {
        if (count.get() == 0) {
            return Mono.empty();
        }
        List<GuildCensus> censuses =
                shards.values().stream().map(shard -> shard.census).toList();
        return guilds.save(count.get(), censuses, last).then(Mono.defer(this::saveSessions));
    }

    private Mono<Void> saveSessions() {
        Map<Integer, SavedSessions.SavedSession> open = new ConcurrentHashMap<>();
        shards.forEach((id, shard) -> shard.saved().ifPresent(session -> open.put(id, session)));
        return sessions.save(new SavedSessions(token.applicationId(), count.get(), open));
    }

    private Shard shard(int id) {
        return shards.computeIfAbsent(id, Shard::new);
    }

    private Instant now() {
        return Instant.ofEpochMilli(scheduler.now(TimeUnit.MILLISECONDS));
    }

    private final class Shard implements Audience {

        private final GatewaySupervisor supervisor;
        private final GuildCensus census;
        private final SupervisedGatewayClient client;

        Shard(int id) {
            supervisor = new GatewaySupervisor(id, supplies);
            census = new GuildCensus(id, events, scheduler);
            Failure loggedOut = Failure.of(Failure.Kind.OPERATOR, "The bot's own code logged out");
            client = new SupervisedGatewayClient(
                    count::get,
                    this::start,
                    keep -> keep ? supervisor.stop(loggedOut) : supervisor.logOut(loggedOut),
                    dispatch -> context.tap().seen(id, dispatch),
                    adapter.reader(),
                    events.failures());
            sessions.session(id, now(), config.sessionMaxAge()).ifPresent(this::restore);
        }

        @Override
        public boolean reads(String type) {
            return adapter.listeners().listenTo(type)
                    || client.hasListeners()
                    || context.tap().reads(type);
        }

        @Override
        public void arrived(Glance dispatch) {
            census.count(dispatch);
        }

        void start() {
            String reason = brake.starts().size() + " starts within " + RestartBrake.WINDOW.toMinutes() + " minutes";
            supervisor.start(brake.delay(), reason);
            census.begin(); // a shard is there once its start is told
        }

        Optional<SavedSessions.SavedSession> saved() {
            return supervisor.session().map(session -> SavedSessions.SavedSession.of(session, supervisor.lastSign()));
        }

        private void restore(SavedSessions.SavedSession session) {
            supervisor.restore(session.session(), session.lastSign());
            census.restore(guilds.before(count.get(), census.shard()));
        }
    }
}
