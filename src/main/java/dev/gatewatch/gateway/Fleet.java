package dev.gatewatch.gateway;

import dev.gatewatch.connection.Backoff;
import dev.gatewatch.connection.Failure;
import dev.gatewatch.connection.RecoveryPolicy;
import discord4j.core.GatewayDiscordClient;
import discord4j.gateway.GatewayClient;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
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
 * <p>The first shard's supervisor starts alone and asks Discord where the gateway is and how many shards it recommends; the
 * answer logs Discord4J in, which starts the others.
 */
final class Fleet {

    private static final Logger log = Logger.getLogger(Fleet.class);

    private final GatewayConfig config;
    private final DiscordAdapter adapter;
    private final ConnectionEvents events;
    private final Scheduler scheduler;
    private final IdentifyGate gate;
    private final GatewaySupervisor.Rules rules;
    private final Map<Integer, Shard> shards = new ConcurrentHashMap<>();
    private final Sinks.One<GatewayDiscordClient> client = Sinks.one();
    private final Disposable.Composite subscriptions = Disposables.composite();

    private volatile @Nullable Wire wire;
    private volatile int shardCount;
    private volatile int maxConcurrency = 1;

    Fleet(GatewayConfig config, DiscordAdapter adapter, ConnectionEvents events, Scheduler scheduler) {
        this.config = config;
        this.adapter = adapter;
        this.events = events;
        this.scheduler = scheduler;
        gate = new IdentifyGate(() -> maxConcurrency, scheduler);
        Backoff backoff = new Backoff(config.reconnectDelay(), config.maxBackoff(), () -> ThreadLocalRandom.current()
                .nextDouble());
        rules = new GatewaySupervisor.Rules(
                new RecoveryPolicy(backoff, config.maxReconnectAttempts()), config, config.exhaustedAction(), () -> {});
    }

    /** Starts all shards; the first at once. */
    void start() {
        subscriptions.add(adapter.directory().first().subscribe(this::login));
        shard(ShardLayout.first(config)).supervisor.start();
    }

    /** Stops all shards, keeping their sessions; completes when every connection is cut. */
    Mono<Void> stop(Failure reason) {
        return Flux.fromIterable(shards.values())
                .flatMap(shard -> shard.supervisor.stop(reason))
                .then(Mono.fromRunnable(() -> {
                    subscriptions.dispose();
                    adapter.dispose();
                }));
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

    /** Whether a shard asks for a restart of the process. */
    boolean wantsRestart() {
        return shards.values().stream().anyMatch(shard -> shard.supervisor.wantsRestart());
    }

    private void login(GatewayBot answer) {
        ShardLayout layout = ShardLayout.of(config, answer.shards());
        shardCount = layout.count();
        maxConcurrency = answer.maxConcurrency();
        wire = adapter.wire(shardCount, scheduler, this::opened);
        layout.ids().forEach(this::shard);
        subscriptions.add(adapter.login(layout, id -> shard(id).client)
                .subscribe(client::tryEmitValue, error -> log.errorf("Discord4J could not be set up: %s", error)));
    }

    private void opened(int id, GatewayClient oneShot) {
        Shard shard = shard(id);
        shard.client.adopt(oneShot);
    }

    private Shard shard(int id) {
        return shards.computeIfAbsent(id, Shard::new);
    }

    private final class Shard {

        private final GatewaySupervisor supervisor;
        private final SupervisedGatewayClient client;

        Shard(int id) {
            supervisor = new GatewaySupervisor(
                    id,
                    () -> Objects.requireNonNull(wire, "the shard count is known before the first connect"),
                    adapter.directory(),
                    gate,
                    rules,
                    events,
                    scheduler);
            GuildCensus census = new GuildCensus(id, events, scheduler);
            client = new SupervisedGatewayClient(
                    () -> shardCount, supervisor::start, keep -> supervisor.stop(byHost()), census::count);
        }

        private Failure byHost() {
            return Failure.of(Failure.Kind.OPERATOR, "The bot's own code logged out");
        }
    }
}
