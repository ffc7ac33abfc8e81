package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatewatch.connection.Recovery;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import discord4j.discordjson.json.gateway.Ready;
import discord4j.gateway.GatewayClient;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The wire with the real Discord4J over a real socket. */
class DiscordWireTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Simulator simulator =
            Simulator.start(SimulatorOptions.defaults().withPort(0));
    private final Scheduler supervisor = new DroppingScheduler(Schedulers.newSingle("test-supervisor"));
    private final AtomicInteger received = new AtomicInteger();
    private DiscordAdapter adapter;
    private Wire wire;
    private GatewayClient opened;
    private volatile String guild;

    @BeforeEach
    void build() {
        GatewayConfig config = TestConfig.with(Map.of(
                "discord.token",
                simulator.token(),
                "discord.api-base-url",
                simulator.apiBaseUrl().toString()));
        Traffic traffic = new Traffic() {
            @Override
            public void received(int shard, String type) {
                received.incrementAndGet();
            }
        };
        adapter = new DiscordAdapter(
                config,
                BotToken.from(config).orElseThrow(),
                new RequestGuard(new InvalidRequests(supervisor), traffic),
                traffic,
                () -> answer -> {});
        wire = adapter.wire(1, supervisor, shard -> new Nobody(), (shard, client) -> opened(client));
    }

    @AfterEach
    void dispose() {
        adapter.dispose();
        supervisor.dispose();
        simulator.close();
    }

    @Test
    void aResumeGoesOnFromTheLastEventOfTheConnectionBefore() {
        Connection first = new Connection(identify());
        first.awaitSignal(Wire.Signal.Ready.class);
        Session atReady = first.session();
        emit(5);
        simulator.faults().inject("close", Map.of("code", 4000));
        first.awaitEnd();
        simulator.emit(2); // missed

        Connection second = new Connection(resume(first.session(), atReady.resumeUrl()));

        Wire.Signal.Resumed resumed = second.awaitSignal(Wire.Signal.Resumed.class);
        assertThat(resumed.replayed()).isEqualTo(2);
        assertThat(second.session().id()).isEqualTo(atReady.id());
        assertThat(simulator.violations()).isEmpty();
    }

    @Test
    void aHelloThatArrivesWithTheUpgradeIsNotLost() throws IOException {
        try (EagerServer server = new EagerServer()) {
            for (int i = 0; i < 5; i++) {
                new Connection(new Wire.Request(0, server.url(), Recovery.IDENTIFY, null))
                        .awaitSignal(Wire.Signal.Hello.class);
            }
        }
    }

    @Test
    void aResumeWaitsForNothingOnceTheConnectionIsOpen() {
        Queue<String> received = new ConcurrentLinkedQueue<>();
        DisposableServer mute = HttpServer.create()
                .host("127.0.0.1")
                .route(routes -> routes.ws(
                        "/",
                        (in, out) ->
                                in.receive().asString().doOnNext(received::add).then()))
                .bindNow();
        try {
            new Connection(resume(new Session("the \"session\"", 41, null), "ws://127.0.0.1:" + mute.port()));

            await().atMost(PATIENCE).until(() -> !received.isEmpty());
            assertThat(received)
                    .containsExactly("{\"op\":6,\"d\":{\"token\":\"" + simulator.token()
                            + "\",\"session_id\":\"the \\\"session\\\"\",\"seq\":41}}");
        } finally {
            mute.disposeNow();
        }
    }

    @Test
    void commandsOfTheBotAndHeartbeatsTogetherStayWithinDiscordsLimit() {
        Connection connection = new Connection(identify());
        connection.awaitSignal(Wire.Signal.Ready.class);
        connection.awaitSignal(Wire.Signal.Acknowledged.class);
        int spent = 2; // IDENTIFY and the first heartbeat
        int commands = SendLimit.SENDS - SendLimit.FOR_HEARTBEATS_ONLY - spent;
        int before = received.get();

        await().atMost(PATIENCE).until(() -> guild != null);
        opened.sendBuffer(Flux.range(0, 115).map(i -> requestMembers())).subscribe();
        await().atMost(PATIENCE).until(() -> received.get() >= before + commands);
        for (int i = 0; i < 50; i++) {
            connection.link.probe();
        }

        await().atMost(PATIENCE)
                .until(() -> connection.count(Wire.Signal.Acknowledged.class) >= 1 + SendLimit.FOR_HEARTBEATS_ONLY);
        simulator.emit(1); // whoever is closed gets it no more
        await().atMost(PATIENCE).until(() -> received.get() > before + commands);
        assertThat(simulator.violations()).isEmpty();
        assertThat(connection.count(ConnectionEnded.class)).isZero();
    }

    @Test
    void aHeartbeatThatDiscordAsksForIsSentBeforeReady() throws IOException {
        try (EagerServer server = new EagerServer("{\"op\":1,\"d\":null}")) {
            new Connection(new Wire.Request(0, server.url(), Recovery.IDENTIFY, null));

            assertThat(server.firstFrame()).isEqualTo("{\"op\":1,\"d\":0}");
        }
    }

    private void opened(GatewayClient client) {
        opened = client;
        client.dispatch()
                .ofType(Ready.class)
                .subscribe(ready -> guild = ready.guilds().get(0).id().asString(), error -> {});
    }

    /** Each is answered with a chunk. */
    private ByteBuf requestMembers() {
        return Unpooled.copiedBuffer(
                "{\"op\":8,\"d\":{\"guild_id\":\"" + guild + "\",\"user_ids\":[\"1\"],\"limit\":0}}",
                StandardCharsets.UTF_8);
    }

    private void emit(int count) {
        int before = received.get();
        simulator.emit(count);
        await().atMost(PATIENCE).until(() -> received.get() >= before + count);
    }

    private Wire.Request identify() {
        return new Wire.Request(0, simulator.gatewayUrl().toString(), Recovery.IDENTIFY, null);
    }

    private static Wire.Request resume(Session session, String url) {
        return new Wire.Request(0, url, Recovery.RESUME, session);
    }

    /** An open link and what it told. */
    private final class Connection {

        private final Wire.Link link;
        private final Queue<Object> told = new ConcurrentLinkedQueue<>();

        Connection(Wire.Request request) {
            link = wire.open(request);
            link.signals().subscribe(told::add, told::add);
        }

        Session session() {
            return link.session().orElseThrow();
        }

        <T> T awaitSignal(Class<T> type) {
            await().atMost(PATIENCE).until(() -> told.stream().anyMatch(type::isInstance));
            return told.stream()
                    .filter(type::isInstance)
                    .map(type::cast)
                    .findFirst()
                    .orElseThrow();
        }

        long count(Class<?> type) {
            return told.stream().filter(type::isInstance).count();
        }

        void awaitEnd() {
            awaitSignal(ConnectionEnded.class);
        }
    }
}
