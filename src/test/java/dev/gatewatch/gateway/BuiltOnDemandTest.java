package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.connection.Failure;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import discord4j.core.GatewayDiscordClient;
import discord4j.core.event.domain.channel.TypingStartEvent;
import discord4j.core.event.domain.guild.GuildCreateEvent;
import discord4j.core.event.domain.guild.GuildEvent;
import discord4j.discordjson.json.gateway.Dispatch;
import discord4j.discordjson.json.gateway.Opcode;
import discord4j.discordjson.json.gateway.TypingStart;
import discord4j.gateway.json.GatewayPayload;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Dispatches nobody listens to go unbuilt, those somebody listens to do not: with the real Discord4J over a real socket. */
class BuiltOnDemandTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Simulator simulator = Simulator.start(
            SimulatorOptions.defaults().withPort(0).withGuilds(3, 30).withHeartbeatInterval(Duration.ofSeconds(1)));
    private final Scheduler supervisor = Schedulers.newSingle("test-supervisor");
    private final Scheduler files = Schedulers.newSingle("test-files");
    private final ConnectionEvents events = new ConnectionEvents();
    private final AtomicInteger skipped = new AtomicInteger();
    private final AtomicInteger counted = new AtomicInteger();

    @TempDir
    private Path directory;

    private Fleet fleet;
    private GatewayDiscordClient client;

    @BeforeEach
    void connect() {
        events.stream()
                .ofType(ConnectionEvent.ErrorOccurred.class)
                .filter(error -> error.kind().equals("SKIPPED_PAYLOAD"))
                .subscribe(error -> skipped.incrementAndGet());
        GatewayConfig config = TestConfig.with(Map.of(
                "discord.token",
                simulator.token(),
                "discord.api-base-url",
                simulator.apiBaseUrl().toString()));
        Traffic traffic = new Traffic() {
            @Override
            public void received(int shard, String type) {
                if (type.equals("TYPING_START")) {
                    counted.incrementAndGet();
                }
            }
        };
        fleet = new Fleet(
                FleetContext.of(
                        config,
                        new StateFiles(directory, files),
                        events,
                        new ShardRoster(events, Instant::now),
                        traffic,
                        (shard, dispatch) -> {},
                        supervisor),
                BotToken.from(config).orElseThrow(),
                OptionalInt.empty(),
                new RestartBrake(List.of()),
                (fleet, count) -> {});
        fleet.start();
        client = fleet.client().block(PATIENCE);
        assertThat(client).isNotNull();
    }

    @AfterEach
    void disconnect() {
        fleet.stop(Failure.of(Failure.Kind.SHUTDOWN, "the test is over")).block(PATIENCE);
        simulator.close();
        supervisor.dispose();
        files.dispose();
    }

    @Test
    void anEventReachesWhoListensToIt() {
        Queue<Long> typing = new ConcurrentLinkedQueue<>();
        client.on(TypingStartEvent.class)
                .subscribe(event -> typing.add(event.getUserId().asLong()));
        simulator.emit(3);

        await().atMost(PATIENCE).until(() -> typing.size() >= 3);
        assertThat(typing).contains(Simulator.FIRST_EVENT_USER, Simulator.FIRST_EVENT_USER + 2);
    }

    @Test
    void listeningToOneThingLeavesAnotherUnbuiltUntilSomebodyListensToThatToo() throws Exception {
        AtomicInteger typing = new AtomicInteger();
        client.on(TypingStartEvent.class).subscribe(event -> typing.incrementAndGet());
        JsonNode created = JSON.readTree(
                "{\"id\":\"70368744177664\",\"name\":\"not what Discord4J can read\",\"member_count\":4}");
        simulator.dispatch("GUILD_CREATE", created); // were it built, it would be skipped with an error
        simulator.emit(1);
        await().atMost(PATIENCE).until(() -> typing.get() >= 1);
        assertThat(skipped()).isZero();

        Disposable listener = client.on(GuildEvent.class).subscribe();
        client.on(GuildCreateEvent.class).subscribe();
        simulator.dispatch("GUILD_CREATE", created);
        await().atMost(PATIENCE).until(() -> skipped() == 1);
        listener.dispose();
    }

    @Test
    void whoReadsTheDispatchesThemselvesGetsThemWhole() {
        client.on(GuildCreateEvent.class).subscribe();
        Queue<Dispatch> seen = new ConcurrentLinkedQueue<>();
        client.getGatewayClient(0).orElseThrow().dispatch().subscribe(seen::add);

        await().atMost(PATIENCE).until(() -> {
            simulator.emit(1); // Discord4J may still be about to listen, and is not taken for somebody else
            return seen.stream().filter(TypingStart.class::isInstance).count() >= 2;
        });
    }

    @Test
    void whoReadsThePayloadsThemselvesIsNoReasonToCountThemTwice() {
        Queue<GatewayPayload<?>> seen = new ConcurrentLinkedQueue<>();
        client.getGatewayClient(0).orElseThrow().receiver().subscribe(seen::add);
        simulator.emit(3);
        simulator.requestHeartbeats();

        await().atMost(PATIENCE)
                .until(() -> seen.stream().anyMatch(payload -> Opcode.HEARTBEAT_ACK.equals(payload.getOp())));
        assertThat(seen.stream().filter(payload -> payload.getData() instanceof TypingStart))
                .hasSize(3);
        assertThat(counted).hasValue(3);
    }

    @Test
    void theSequenceNumbersOfUnbuiltDispatchesCount() {
        client.on(GuildCreateEvent.class).subscribe();
        simulator.emit(50);
        simulator.requestHeartbeats();

        await().atMost(PATIENCE).until(() -> {
            JsonNode session = simulator.state().path("sessions").path(0);
            return session.path("acknowledged").asLong() > 50
                    && session.path("acknowledged").asLong()
                            == session.path("sequence").asLong();
        });
        assertThat(simulator.violations()).isEmpty();
    }

    private int skipped() {
        return skipped.get();
    }
}
