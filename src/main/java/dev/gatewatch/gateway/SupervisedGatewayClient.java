package dev.gatewatch.gateway;

import discord4j.common.close.CloseStatus;
import discord4j.discordjson.json.gateway.Dispatch;
import discord4j.discordjson.json.gateway.Ready;
import discord4j.discordjson.json.gateway.Resumed;
import discord4j.gateway.GatewayClient;
import discord4j.gateway.GatewayConnection;
import discord4j.gateway.json.GatewayPayload;
import discord4j.gateway.payload.PayloadReader;
import discord4j.gateway.retry.GatewayStateChange;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * What Discord4J takes for one long-lived gateway client: in truth one one-shot client after the other, as the supervisor
 * opens them.
 *
 * <p>Discord4J sees dispatches, and a reconnect that succeeded; it never sees a loss, since it would dismantle itself. Its
 * {@link #execute} never ends: a shard that is stopped may be started again.
 */
final class SupervisedGatewayClient implements GatewayClient {

    /** How many dispatches may wait for the host's listeners; older ones are dropped for Discord4J, never for us. */
    private static final int BUFFER = 65_536;

    /** The last dispatch of the connection before may still be on its way. */
    private static final Sinks.EmitFailureHandler WAIT_FOR_THE_CONNECTION_BEFORE =
            Sinks.EmitFailureHandler.busyLooping(Duration.ofSeconds(1));

    /** Who fails here, for the log. */
    private static final String READER = "dispatches";

    /** How often Discord4J itself listens: once for its event dispatcher, once for the state of the connection. */
    private static final int OF_DISCORD4J = 2;

    private final IntSupplier shardCount;
    private final Runnable start;
    private final Function<Boolean, Mono<Void>> stop;
    private final Consumer<Dispatch> first;
    private final PayloadReader reader;
    private final ReaderFailures failures;
    private final Sinks.Many<Dispatch> dispatches = Sinks.many().multicast().directBestEffort();
    private final Sinks.Many<GatewayPayload<?>> outbound =
            Sinks.many().multicast().directBestEffort();
    private final Sinks.Many<GatewayConnection.State> states =
            Sinks.many().replay().latestOrDefault(GatewayConnection.State.START_IDENTIFYING);

    private volatile @Nullable GatewayClient current;
    private boolean connectedBefore;

    /**
     * @param shardCount how many shards the bot has
     * @param start starts the supervision
     * @param stop stops it; true keeps the session
     * @param first sees each dispatch that was built before Discord4J does; must be quick
     * @param reader reads payloads for who wants them raw
     * @param failures is told when the handing on of a dispatch fails
     */
    SupervisedGatewayClient(
            IntSupplier shardCount,
            Runnable start,
            Function<Boolean, Mono<Void>> stop,
            Consumer<Dispatch> first,
            PayloadReader reader,
            ReaderFailures failures) {
        this.shardCount = shardCount;
        this.start = start;
        this.stop = stop;
        this.first = first;
        this.reader = reader;
        this.failures = failures;
    }

    /**
     * Takes a new one-shot client's dispatches for those of this one as well. The client before may still have some under way: its
     * subscription is not disposed, and goes with that client. The {@link FrameTap} lets nothing through after the end of a connection.
     */
    void adopt(GatewayClient client) {
        current = client;
        client.dispatch()
                .filter(dispatch -> !(dispatch instanceof GatewayStateChange))
                .subscribe(failures.guard(READER, this::pass), error -> {}); // the supervisor hears of its end
    }

    /** Whether somebody reads the dispatches themselves, past Discord4J's event dispatcher. */
    boolean hasListeners() {
        return dispatches.currentSubscriberCount() > OF_DISCORD4J;
    }

    @Override
    public Mono<Void> execute(String gatewayUrl) {
        return Mono.fromRunnable(start).then(Mono.never());
    }

    @Override
    public Mono<CloseStatus> close(boolean allowResume) {
        return stop.apply(allowResume).thenReturn(CloseStatus.NORMAL_CLOSE);
    }

    @Override
    public Flux<Dispatch> dispatch() {
        return dispatches.asFlux().onBackpressureBuffer(BUFFER, BufferOverflowStrategy.DROP_OLDEST);
    }

    @Override
    public Flux<GatewayPayload<?>> receiver() {
        return receiver(reader::read); // ours would take note of each payload a second time
    }

    @Override
    public <T> Flux<T> receiver(Function<ByteBuf, Publisher<? extends T>> mapper) {
        return delegate().map(client -> client.receiver(mapper)).orElseGet(Flux::never);
    }

    @Override
    public Sinks.Many<GatewayPayload<?>> sender() {
        return delegate().map(GatewayClient::sender).orElse(outbound);
    }

    @Override
    public Mono<Void> sendBuffer(Publisher<ByteBuf> publisher) {
        return delegate().map(client -> client.sendBuffer(publisher)).orElseGet(Mono::empty);
    }

    @Override
    public int getShardCount() {
        return shardCount.getAsInt();
    }

    @Override
    public String getSessionId() {
        return delegate().map(GatewayClient::getSessionId).orElse("");
    }

    @Override
    public int getSequence() {
        return delegate().map(GatewayClient::getSequence).orElse(0);
    }

    @Override
    public Flux<GatewayConnection.State> stateEvents() {
        return states.asFlux();
    }

    @Override
    public Mono<Boolean> isConnected() {
        return delegate().map(GatewayClient::isConnected).orElseGet(() -> Mono.just(false));
    }

    @Override
    public Duration getResponseTime() {
        return delegate().map(GatewayClient::getResponseTime).orElse(Duration.ZERO);
    }

    private Optional<GatewayClient> delegate() {
        return Optional.ofNullable(current);
    }

    private void pass(Dispatch dispatch) {
        failures.run(READER, () -> first.accept(dispatch));
        dispatches.emitNext(dispatch, WAIT_FOR_THE_CONNECTION_BEFORE);
        if (dispatch instanceof Ready || dispatch instanceof Resumed) {
            Dispatch change = connectedBefore ? GatewayStateChange.retrySucceeded(1) : GatewayStateChange.connected();
            connectedBefore = true;
            dispatches.emitNext(change, WAIT_FOR_THE_CONNECTION_BEFORE);
            states.emitNext(GatewayConnection.State.CONNECTED, WAIT_FOR_THE_CONNECTION_BEFORE);
        }
    }
}
