package dev.gatewatch.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import discord4j.common.retry.ReconnectOptions;
import discord4j.common.sinks.EmissionStrategy;
import discord4j.gateway.DefaultGatewayClient;
import discord4j.gateway.GatewayClient;
import discord4j.gateway.GatewayObserver;
import discord4j.gateway.GatewayOptions;
import discord4j.gateway.GatewayReactorResources;
import discord4j.gateway.IdentifyOptions;
import discord4j.gateway.SessionInfo;
import discord4j.gateway.ShardInfo;
import discord4j.gateway.intent.IntentSet;
import discord4j.gateway.payload.JacksonPayloadWriter;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.client.HttpClient;

/**
 * The wire as Discord4J speaks it: each connection is a fresh {@link DefaultGatewayClient} that never retries.
 *
 * <p>Discord4J sends the heartbeats that HELLO asks for and the IDENTIFY; RESUME is sent by the {@link Upgrade}. When a connection is dead is
 * decided by us alone, so Discord4J's own count of missed ACKs is out of the way.
 */
final class DiscordWire implements Wire {

    private final ForwardProxy proxy = ForwardProxy.configured();
    private final Settings settings;
    private final GatewayReactorResources resources;
    private final ReconnectOptions noRetries;
    private final Scheduler clock;
    private final Traffic traffic;
    private final IntFunction<Audience> audiences;
    private final BiConsumer<Integer, GatewayClient> opened;

    /**
     * @param settings what every connection has in common
     * @param resources the HTTP client and the schedulers of Discord4J
     * @param clock tells the time to the {@link Pulse}s and the {@link SendLimit}s
     * @param traffic is told of each dispatch
     * @param audiences who is above the wire of a shard
     * @param opened is told of each new client before it connects, so that its dispatches can be passed on
     */
    DiscordWire(
            Settings settings,
            GatewayReactorResources resources,
            Scheduler clock,
            Traffic traffic,
            IntFunction<Audience> audiences,
            BiConsumer<Integer, GatewayClient> opened) {
        this.settings = settings;
        this.resources = resources;
        this.clock = clock;
        this.traffic = traffic;
        this.audiences = audiences;
        this.opened = opened;
        noRetries = ReconnectOptions.builder()
                .setMaxRetries(0)
                .setBackoffScheduler(resources.getTimerTaskScheduler())
                .build();
    }

    @Override
    public Link open(Request request) {
        Pulse pulse = new Pulse(clock);
        ObservedLink observed = new ObservedLink(
                request.shard(), request.session(), pulse, traffic, TokenDestination.demandsTls(request.url()));
        HttpClient http = proxy.toward(request.url(), resources.getHttpClient());
        Upgrade upgrade = new Upgrade(
                http,
                new FrameTap(pulse, observed),
                new SendLimit(pulse, observed, clock),
                new MessageLimit(observed),
                firstPayload(request));
        GatewayClient client = new DefaultGatewayClient(options(request, observed, upgrade));
        opened.accept(request.shard(), client);
        return new DiscordLink(client, GatewayUrl.of(request.url()), observed, pulse, upgrade);
    }

    /** RESUME, if there is a session to resume; see [Discord Docs/Gateway Events/Resume]. */
    private Optional<String> firstPayload(Request request) {
        Session session = request.session();
        if (session == null) {
            return Optional.empty();
        }
        String resume = "{\"op\":6,\"d\":{\"token\":" + TextNode.valueOf(settings.token()) + ",\"session_id\":"
                + TextNode.valueOf(session.id()) + ",\"seq\":" + session.sequence() + "}}";
        return Optional.of(resume);
    }

    private GatewayOptions options(Request request, ObservedLink observed, Upgrade upgrade) {
        return new GatewayOptions(
                settings.token(),
                new GatewayReactorResources(
                        upgrade.client(),
                        resources.getTimerTaskScheduler(),
                        resources.getBlockingTaskScheduler(),
                        resources.getPayloadSenderScheduler()),
                new ObservingReader(
                        settings.mapper(),
                        observed,
                        audiences.apply(request.shard()),
                        () -> upgrade.beat(observed.sequence())),
                new ObservingWriter(new JacksonPayloadWriter(settings.mapper()), observed),
                noRetries,
                identifyOptions(request),
                GatewayObserver.NOOP_LISTENER,
                payloads -> identifyOnce(observed, payloads),
                Integer.MAX_VALUE,
                false,
                EmissionStrategy.park(Duration.ofMillis(10)));
    }

    /** Lets IDENTIFY through once, unless the connection has ended: what is sent is counted, and what is dropped is not. */
    static Flux<ByteBuf> identifyOnce(ObservedLink observed, Publisher<ByteBuf> payloads) {
        return Flux.from(payloads).handle((payload, sink) -> {
            if (observed.identify()) {
                sink.next(payload);
            } else {
                payload.release();
            }
        });
    }

    private IdentifyOptions identifyOptions(Request request) {
        Session session = request.session();
        return IdentifyOptions.builder(ShardInfo.create(request.shard(), settings.shardCount()))
                .intents(settings.intents())
                .resumeSession(session == null ? null : SessionInfo.create(session.id(), session.sequence()))
                .build();
    }

    /**
     * What all connections of a bot have in common.
     *
     * @param token the bot token
     * @param intents what to subscribe to
     * @param shardCount how many shards the bot has, over all processes
     * @param mapper Discord4J's JSON mapper
     */
    record Settings(String token, IntentSet intents, int shardCount, ObjectMapper mapper) {}
}
