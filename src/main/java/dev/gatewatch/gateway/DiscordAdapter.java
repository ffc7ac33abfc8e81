package dev.gatewatch.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import discord4j.common.JacksonResources;
import discord4j.common.ReactorResources;
import discord4j.common.store.Store;
import discord4j.core.DiscordClient;
import discord4j.core.DiscordClientBuilder;
import discord4j.core.GatewayDiscordClient;
import discord4j.core.shard.ShardingStrategy;
import discord4j.gateway.GatewayClient;
import discord4j.gateway.GatewayReactorResources;
import discord4j.gateway.intent.IntentSet;
import discord4j.gateway.payload.JacksonPayloadReader;
import discord4j.gateway.payload.PayloadReader;
import discord4j.rest.request.DefaultRouter;
import discord4j.rest.request.RouterOptions;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Builds what we need of Discord4J for one bot, and keeps its resources.
 *
 * <p>Connections are never pooled: a gateway connection is used once, and a fresh one cannot be stale.
 */
final class DiscordAdapter implements Disposable {

    private final GatewayConfig config;
    private final BotToken token;
    private final IntentSet intents;
    private final ObjectMapper mapper = JacksonResources.create().getObjectMapper();
    private final Scheduler timers = new DroppingScheduler(Schedulers.newParallel("gatewatch-discord4j", 2, true));
    private final Scheduler sender = new DroppingScheduler(Schedulers.newSingle("gatewatch-sender", true));
    private final Listeners listeners = new Listeners();
    private final Scheduler answers = new DroppingScheduler(Schedulers.newBoundedElastic(
            Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE,
            Schedulers.DEFAULT_BOUNDED_ELASTIC_QUEUESIZE,
            "gatewatch-rest",
            60,
            true)); // not the one that everybody in the process may block
    private final RequestGuard guard;
    private final Traffic traffic;
    private final HttpClient http;
    private final GatewayReactorResources resources;
    private final GatewayDirectory directory;

    DiscordAdapter(
            GatewayConfig config,
            BotToken token,
            RequestGuard guard,
            Traffic traffic,
            Supplier<Consumer<GatewayBot>> asking) {
        this.guard = guard;
        this.traffic = traffic;
        this.config = config;
        this.token = token;
        intents = Intents.from(config);
        Duration patience = Durations.min(config.connectionTimeout(), Reachability.CONNECT_PATIENCE);
        http = HttpClient.create(ConnectionProvider.newConnection())
                .secure()
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(patience.toMillis()));
        HttpClient rest = ForwardProxy.configured().toward(config.apiBaseUrl().toString(), http);
        ReactorResources base = new ReactorResources(
                AnswerLimit.on(rest, config.connectionTimeout())
                        .compress(true)
                        .followRedirect(false) // the token would go along
                        .responseTimeout(config.connectionTimeout())
                        .doOnResponse((response, connection) -> {
                            guard.answered(response.status().code());
                            RequestedPause.simplify(response.responseHeaders());
                        })
                        .doOnError((request, error) -> guard.unanswered(), (response, error) -> {}),
                timers,
                answers);
        resources = new GatewayReactorResources(base, sender);
        directory = new HttpGatewayDirectory(
                rest, config.apiBaseUrl(), token, config.connectionTimeout(), mapper, guard, asking);
    }

    GatewayDirectory directory() {
        return directory;
    }

    /** Reads payloads as Discord4J does, and takes note of nothing. */
    PayloadReader reader() {
        return new JacksonPayloadReader(mapper);
    }

    /** Who listens to Discord4J's events. */
    Listeners listeners() {
        return listeners;
    }

    /** The wire for a bot of so many shards; {@code opened} is told of each client before it connects. */
    Wire wire(
            int shardCount,
            Scheduler clock,
            IntFunction<Audience> audiences,
            BiConsumer<Integer, GatewayClient> opened) {
        DiscordWire.Settings settings = new DiscordWire.Settings(token.secret(), intents, shardCount, mapper);
        GatewayReactorResources unpooled = new GatewayReactorResources(http, timers, answers, sender);
        return new DiscordWire(settings, unpooled, clock, traffic, audiences, opened);
    }

    /** Discord4J's client of the REST API. */
    DiscordClient rest() {
        DiscordClientBuilder<DiscordClient, RouterOptions> builder = DiscordClientBuilder.create(token.secret());
        return builder.setReactorResources(resources)
                .setExtraOptions(this::withBaseUrl)
                .build(options -> new GatewayRouter(
                        new DefaultRouter(options), new InteractionRouter(options), guard, resources));
    }

    /** Logs Discord4J in above the clients of {@code factory}, keyed by shard; gives its client once a shard is connected. */
    Mono<GatewayDiscordClient> login(ShardLayout layout, IntFunction<GatewayClient> factory) {
        return rest().gateway()
                .setSharding(strategy(layout))
                .setEnabledIntents(intents)
                .setStore(Store.noOp())
                .setEventDispatcher(listeners)
                .setAwaitConnections(false)
                .setGatewayReactorResources(base -> resources)
                .login(options -> factory.apply(
                        options.getIdentifyOptions().getShardInfo().getIndex()));
    }

    @Override
    public void dispose() {
        timers.dispose();
        sender.dispose();
        answers.dispose();
    }

    private RouterOptions withBaseUrl(RouterOptions options) {
        return new RouterOptions(
                options.getToken(),
                options.getReactorResources(),
                options.getExchangeStrategies(),
                Stream.concat(Stream.of(new RedirectsRefused()), options.getResponseTransformers().stream())
                        .toList(),
                options.getGlobalRateLimiter(),
                options.getRequestQueueFactory(),
                config.apiBaseUrl().toString());
    }

    /** Our layout in Discord4J's terms; it starts all shards at once, since the {@link IdentifyGate} spaces them. */
    private static ShardingStrategy strategy(ShardLayout layout) {
        int powerOfTwo = Math.max(1, Integer.highestOneBit(layout.count() * 2 - 1));
        return ShardingStrategy.builder()
                .count(layout.count())
                .indices(count -> Flux.fromIterable(layout.ids()))
                .maxConcurrency(powerOfTwo)
                .build();
    }
}
