package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatewatch.connection.Failure;
import dev.gatewatch.connection.Recovery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A server that redirects, within itself and then elsewhere: the token stays with the server that it is meant for. */
class RedirectTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<String> elsewhere = new CopyOnWriteArrayList<>();
    private final List<String> here = new CopyOnWriteArrayList<>();
    private final DisposableServer other = HttpServer.create()
            .host("127.0.0.1")
            .handle((request, response) -> {
                elsewhere.add(request.uri());
                return response.status(200).sendString(Mono.just("{}"));
            })
            .bindNow();
    private final DisposableServer discord = HttpServer.create()
            .host("127.0.0.1")
            .handle((request, response) -> {
                here.add(request.uri());
                String next = request.uri().startsWith("/again")
                        ? "http://127.0.0.1:" + other.port() + request.uri()
                        : "/again" + request.uri();
                return response.status(302).header("Location", next).send();
            })
            .bindNow();
    private DiscordAdapter adapter;

    @BeforeEach
    void build() {
        GatewayConfig config = TestConfig.with(Map.of(
                "discord.token",
                "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.a-signature_of_some_length",
                "discord.api-base-url",
                "http://127.0.0.1:" + discord.port() + "/api/v10"));
        adapter = new DiscordAdapter(
                config,
                BotToken.from(config).orElseThrow(),
                new RequestGuard(new InvalidRequests(Schedulers.parallel()), Traffic.UNMEASURED),
                Traffic.UNMEASURED,
                () -> answer -> {});
    }

    @AfterEach
    void dispose() {
        adapter.dispose();
        discord.disposeNow();
        other.disposeNow();
    }

    @Test
    void getGatewayBotFollowsNoneAndSaysWhatToSet() {
        AtomicReference<Failure> failure = new AtomicReference<>();
        adapter.directory().lookup().subscribe(answer -> {}, error -> failure.set(Failures.of(error)));

        await().atMost(PATIENCE).until(() -> failure.get() != null);
        assertThat(failure.get().message()).contains("redirect (HTTP 302) to /again", "DISCORD_API_BASE_URL");
        assertThat(here).hasSize(1);
        assertThat(elsewhere).isEmpty();
    }

    @Test
    void discord4JsRestClientFollowsNone() {
        AtomicReference<Object> end = new AtomicReference<>();
        adapter.rest()
                .getApplicationService()
                .getCurrentApplicationInfo()
                .subscribe(end::set, end::set, () -> end.compareAndSet(null, "nothing"));

        await().atMost(PATIENCE).until(() -> end.get() != null);
        assertThat(end.get()).isInstanceOfSatisfying(Throwable.class, error -> assertThat(error)
                .hasMessageContaining("redirect (HTTP 302)"));
        assertThat(here).hasSize(1);
        assertThat(elsewhere).isEmpty();
    }

    @Test
    void theGatewaysWebSocketUpgradeFollowsNone() {
        Wire wire = adapter.wire(1, Schedulers.parallel(), shard -> new Nobody(), (shard, client) -> {});
        AtomicReference<Failure> failure = new AtomicReference<>();
        wire.open(new Wire.Request(0, "ws://127.0.0.1:" + discord.port(), Recovery.IDENTIFY, null))
                .signals()
                .subscribe(signal -> {}, error -> failure.set(Failures.of(error)));

        await().atMost(PATIENCE).until(() -> failure.get() != null);
        assertThat(failure.get().message()).contains("refused with HTTP 302");
        assertThat(here).hasSize(1);
        assertThat(elsewhere).isEmpty();
    }
}
