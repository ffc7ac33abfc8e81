package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatewatch.connection.Failure;
import dev.gatewatch.connection.Failure.Kind;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;

/** Get Gateway Bot over real sockets, as the simulator answers it. */
class HttpGatewayDirectoryTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private Simulator simulator;
    private HttpGatewayDirectory directory;

    @BeforeEach
    void start() {
        simulator = Simulator.start(SimulatorOptions.defaults().withPort(0));
        directory = directory(simulator.apiBaseUrl());
    }

    private HttpGatewayDirectory directory(URI api) {
        return new HttpGatewayDirectory(
                HttpClient.newConnection(),
                api,
                BotToken.of(simulator.token()),
                TIMEOUT,
                new ObjectMapper(),
                new RequestGuard(new InvalidRequests(Schedulers.parallel()), Traffic.UNMEASURED),
                () -> answer -> {});
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void knowsWhereTheGatewayIs() {
        GatewayBot answer = directory.lookup().block();

        assertThat(answer.url()).isEqualTo("ws://127.0.0.1:" + simulator.port());
        assertThat(answer.shards()).isEqualTo(1);
        assertThat(answer.remaining()).isEqualTo(1_000);
    }

    @Test
    void looksUpAHostWithAnUnderscore() {
        HttpGatewayDirectory elsewhere = directory(URI.create("http://discord_api.invalid:9/api/v10"));

        assertThatThrownBy(() -> elsewhere.lookup().block())
                .isInstanceOfSatisfying(
                        ConnectionEnded.class,
                        ended -> assertThat(ended.failure().kind()).isEqualTo(Kind.NAME_RESOLUTION));
    }

    @Test
    void asksOnceUntilToldToForget() {
        directory.lookup().block();
        simulator.faults().inject("http-500", Map.of());
        assertThat(directory.lookup().block()).isNotNull();

        directory.forget();

        assertThat(failure().kind()).isEqualTo(Kind.HTTP_STATUS);
    }

    @ParameterizedTest
    @CsvSource({
        "http-401, UNAUTHORIZED, 401",
        "http-403, HTTP_STATUS, 403",
        "http-500, HTTP_STATUS, 500",
        "http-502, HTTP_STATUS, 502",
        "http-503, HTTP_STATUS, 503",
        "http-not-json, HTTP_STATUS, 200",
    })
    void tellsWhatWasWrongWithTheAnswer(String fault, Kind kind, int status) {
        simulator.faults().inject(fault, Map.of());

        assertThat(failure().kind()).isEqualTo(kind);
        assertThat(failure().code()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"http-429-retry-after", "http-429-reset", "http-429-global"})
    void readsHowLongDiscordAsksToWait(String fault) {
        simulator.faults().inject(fault, Map.of("retryAfter", 7));

        assertThat(failure().kind()).isEqualTo(Kind.RATE_LIMITED);
        assertThat(failure().retryAfter()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void knowsNoWaitWhenCloudflareSaysNothing() {
        simulator.faults().inject("http-429-cloudflare", Map.of());

        assertThat(failure().kind()).isEqualTo(Kind.RATE_LIMITED);
        assertThat(failure().retryAfter()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"http-hang, HTTP_TIMEOUT", "http-half-body, UPGRADE"})
    void endsAnAnswerThatDoesNotCome(String fault, Kind kind) {
        simulator.faults().inject(fault, Map.of());

        assertThat(failure().kind()).isIn(kind, Kind.CONNECTION_LOST);
    }

    private Failure failure() {
        AtomicReference<Failure> failure = new AtomicReference<>();
        directory
                .lookup()
                .doOnError(ConnectionEnded.class, ended -> failure.set(ended.failure()))
                .onErrorComplete(ConnectionEnded.class)
                .block(TIMEOUT.multipliedBy(5));
        return failure.get();
    }
}
