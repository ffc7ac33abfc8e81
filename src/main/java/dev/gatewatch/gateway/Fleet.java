package dev.gatewatch.gateway;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.connection.Failure;
import dev.gatewatch.connection.ForeignText;
import dev.gatewatch.log.LogEvent;
import discord4j.core.GatewayDiscordClient;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
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

    /** How long a stop waits for the disk: neither other orders nor the next fleet must wait for a disk that hangs. */
    static final Duration WRITE_PATIENCE = Duration.ofSeconds(5);

    /** How often sessions are written: a process that is killed replays at most this much twice. */
    private static final Duration SAVE_EVERY = Duration.ofSeconds(2);

    private final FleetContext context;
    private final GatewayConfig config;
    private final BotToken token;
    private final FleetMemory memory;
    private final ConnectionEvents events;
    private final Scheduler scheduler;
    private final RequestGuard guard;
    private final DiscordAdapter adapter;
    private final IdentifyLedger ledger;
    private final ShardCount count;
    private final Supplies supplies;
    private final RestartBrake brake;
    private final Map<Integer, SupervisedShard> shards = new ConcurrentHashMap<>();
    private final Sinks.One<GatewayDiscordClient> client = Sinks.one();
    private final Disposable.Composite subscriptions = Disposables.composite();

    private volatile @Nullable Wire wire;
    private volatile boolean ended; // written on the scheduler's thread only, as the next
    private volatile boolean halted;

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
        events = context.events();
        scheduler = context.scheduler();
        guard = new RequestGuard(context.refused(), context.traffic());
        ledger = new IdentifyLedger(
                this::now, config.identifyReserve(), context.files().account(), context.files()::save);
        adapter = new DiscordAdapter(config, token, guard, context.traffic(), this::asking);
        OptionalInt wanted = config.shardCount().isPresent() ? config.shardCount() : recommended;
        memory = new FleetMemory(context, token.applicationId(), wanted);
        count = new ShardCount(
                config.shardCount(),
                recommended,
                memory.shardCount(),
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
                    .publishOn(scheduler) // where the fleet ends
                    .subscribe(answer -> beginWith(answer.shards()), error -> events.failures()
                            .note("fleet", error)));
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

    /** Stops all shards, keeping their sessions, until {@link #resume}; completes when every connection is cut. */
    Mono<Void> halt(Failure reason) {
        return onThread(() -> halted = true)
                .thenMany(Flux.defer(() -> Flux.fromIterable(shards.values())))
                .flatMap(shard -> shard.supervisor().stop(reason))
                .then(lastWrites());
    }

    /** Starts all shards that are stopped. */
    Mono<Void> resume() {
        return onThread(() -> {
            halted = false;
            if (wire == null && count.get() > 0) {
                begin(); // the answer came while it was halted
            }
            shards.values().forEach(shard -> shard.supervisor().start());
        });
    }

    /** Makes new connections for these shards; completes when the old ones are cut. */
    Mono<Void> reconnect(List<Integer> ids, boolean keepSession, Failure reason) {
        return Flux.fromIterable(ids)
                .flatMap(id -> shard(id).supervisor().reconnect(keepSession, reason))
                .then();
    }

    /** The shards' indexes, in order. */
    List<Integer> shards() {
        return shards.keySet().stream().sorted().toList();
    }

    /** Whether the shard is being kept connected. */
    boolean isRunning(int shard) {
        return Optional.ofNullable(shards.get(shard))
                .map(known -> known.supervisor().isRunning())
                .orElse(false);
    }

    boolean isAnyRunning() {
        return shards.values().stream().anyMatch(shard -> shard.supervisor().isRunning());
    }

    boolean isAnyStopped() {
        return shards.values().stream().anyMatch(shard -> !shard.supervisor().isRunning());
    }

    /** Discord4J's client, once the first shard is connected. */
    Mono<GatewayDiscordClient> client() {
        return client.asMono();
    }

    /** The shards whose supervision ended although nobody stopped it. */
    List<Integer> deadLoops() {
        return shards.entrySet().stream()
                .filter(shard -> shard.getValue().supervisor().isDead())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether Discord refused this token for good. */
    boolean isTokenRefused() {
        return guard.isClosed();
    }

    /** Whether it ended, or is about to, and cannot be started again. */
    boolean hasEnded() {
        return ended;
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
        return shards.values().stream().anyMatch(shard -> shard.supervisor().wantsRestart());
    }

    private Mono<Void> end(Function<GatewaySupervisor, Mono<Void>> each) {
        return onThread(() -> ended = true)
                .thenMany(Flux.defer(() -> Flux.fromIterable(shards.values())))
                .flatMap(shard -> each.apply(shard.supervisor()))
                .then(lastWrites())
                .doFinally(signal -> {
                    subscriptions.dispose();
                    adapter.dispose();
                });
    }

    private Mono<Void> lastWrites() {
        return Mono.defer(() -> save(true))
                .then(context.files().written())
                .timeout(WRITE_PATIENCE, scheduler)
                .onErrorResume(error -> {
                    LogEvent.STATE_FILE_FAILED.log(
                            log,
                            "The sessions could not be written within %d s (%s): after a restart, some events may be replayed twice."
                                    + " Check the disk under GATEWATCH_DATA_DIR.",
                            WRITE_PATIENCE.toSeconds(),
                            error instanceof TimeoutException ? "no answer" : error);
                    return Mono.empty();
                });
    }

    private Mono<Void> onThread(Runnable step) {
        return Mono.<Void>fromRunnable(step).subscribeOn(scheduler);
    }

    private void beginWith(int recommended) {
        if (ended) {
            return;
        }
        count.set(recommended);
        if (!halted) {
            begin();
        }
    }

    private void begin() {
        ShardLayout layout = ShardLayout.of(config, count.get());
        context.roster().become(layout.ids());
        wire = adapter.wire(count.get(), scheduler, this::shard, (id, oneShot) -> shard(id)
                .client()
                .adopt(oneShot));
        layout.ids().forEach(this::shard);
        subscriptions.add(adapter.login(layout, id -> shard(id).client())
                .subscribe(
                        found -> client.emitValue(found, Sinks.EmitFailureHandler.FAIL_FAST),
                        error -> LogEvent.LOGIN_FAILED.log(
                                log, "Discord4J could not be set up: %s", ForeignText.clean(String.valueOf(error)))));
        layout.ids().forEach(id -> shard(id).start());
    }

    private Consumer<GatewayBot> asking() {
        Consumer<GatewayBot> counted = ledger.asked();
        return answer -> told(answer, counted);
    }

    private void told(GatewayBot answer, Consumer<GatewayBot> counted) {
        context.maxConcurrency().set(answer.maxConcurrency());
        counted.accept(answer);
        events.publish(new ConnectionEvent.BudgetCounted(ShardLayout.first(config), now(), ledger.budget()));
    }

    private boolean hasSession() {
        return shards.values().stream()
                .anyMatch(shard -> shard.supervisor().session().isPresent());
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

    private Mono<Void> save(boolean last) {
        if (count.get() == 0) {
            return Mono.empty();
        }
        Map<Integer, SavedSessions.SavedSession> open = openSessions();
        List<GuildCensus> censuses =
                shards.values().stream().map(SupervisedShard::census).toList();
        return memory.save(count.get(), open, censuses, last);
    }

    private Map<Integer, SavedSessions.SavedSession> openSessions() {
        Map<Integer, SavedSessions.SavedSession> open = new HashMap<>();
        shards.forEach((id, shard) -> shard.saved().ifPresent(session -> open.put(id, session)));
        return open;
    }

    private SupervisedShard shard(int id) {
        return shards.computeIfAbsent(
                id, absent -> new SupervisedShard(absent, context, memory, supplies, adapter, brake));
    }

    private Instant now() {
        return Instant.ofEpochMilli(scheduler.now(TimeUnit.MILLISECONDS));
    }
}
