package dev.gatewatch.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatewatch.connection.Failure;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/**
 * The directory as Discord's REST API gives it.
 *
 * <p>It asks over HTTP itself, since Discord4J's REST client retries on its own, has no deadline, and fails on a 429 that lacks
 * the headers it expects. Errors are {@link ConnectionEnded}. Thread-safe.
 */
final class HttpGatewayDirectory implements GatewayDirectory {

    private static final String USER_AGENT = "DiscordBot (https://github.com/gatewatch/gatewatch, 1.0)";

    /** How long Discord's word on the IDENTIFYs that are left is taken for true. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** How long an IDENTIFY waits for a fresh word before it trusts our own account. */
    private static final Duration CONFIRM_PATIENCE = Duration.ofSeconds(2);

    /** Discord's answer has some 200 bytes. */
    private static final int MOST_READ = 64 << 10;

    private final HttpClient http;
    private final Duration patience;
    private final URI apiBaseUrl;
    private final BotToken token;
    private final ObjectMapper mapper;
    private final Sinks.One<GatewayBot> first = Sinks.one();
    private final RequestGuard guard;
    private final Supplier<Consumer<GatewayBot>> asking;

    private volatile @Nullable GatewayBot known;
    private volatile long knownAt = System.nanoTime() - FRESH.toNanos();

    /**
     * @param http the client to ask with
     * @param apiBaseUrl Discord's API, with its version
     * @param token the bot token
     * @param timeout how long the answer may take
     * @param guard stands before each request
     * @param asking is called at each request, and gives who is told the answer
     */
    HttpGatewayDirectory(
            HttpClient http,
            URI apiBaseUrl,
            BotToken token,
            Duration timeout,
            ObjectMapper mapper,
            RequestGuard guard,
            Supplier<Consumer<GatewayBot>> asking) {
        this.http = http.responseTimeout(timeout);
        patience = timeout;
        this.apiBaseUrl = apiBaseUrl;
        this.token = token;
        this.mapper = mapper;
        this.guard = guard;
        this.asking = asking;
    }

    @Override
    public Mono<GatewayBot> lookup() {
        return Mono.defer(() -> {
            GatewayBot answer = known;
            return answer == null ? ask() : Mono.just(answer);
        });
    }

    @Override
    public Mono<Void> confirm() {
        return Mono.defer(() -> {
                    boolean fresh = System.nanoTime() - knownAt < FRESH.toNanos();
                    return fresh
                            ? Mono.empty()
                            : ask().timeout(CONFIRM_PATIENCE).then();
                })
                .onErrorResume(error -> forbids(error) ? Mono.error(error) : Mono.empty());
    }

    private static boolean forbids(Throwable error) {
        Failure.Kind kind = Failures.of(error).kind();
        return kind == Failure.Kind.UNAUTHORIZED || kind == Failure.Kind.RATE_LIMITED || kind == Failure.Kind.BUDGET;
    }

    @Override
    public Mono<GatewayBot> first() {
        return first.asMono();
    }

    @Override
    public int recommendedShards() {
        GatewayBot answer = known;
        return answer == null ? 0 : answer.shards();
    }

    @Override
    public URI address() {
        return apiBaseUrl;
    }

    @Override
    public void forget() {
        known = null;
    }

    /** Asks Discord, once the guard lets the request through. */
    private Mono<GatewayBot> ask() {
        return guard.admission().then(Mono.defer(() -> request(asking.get())));
    }

    private Mono<GatewayBot> request(Consumer<GatewayBot> answered) {
        return http.headers(headers -> headers.set(HttpHeaderNames.AUTHORIZATION, "Bot " + token.secret())
                        .set(HttpHeaderNames.USER_AGENT, USER_AGENT))
                .get()
                .uri(apiBaseUrl + "/gateway/bot")
                .response((response, body) -> BoundedBody.text(body, MOST_READ).map(text -> answer(response, text)))
                .next()
                .timeout(patience)
                .doOnError(error -> !(error instanceof ConnectionEnded), error -> guard.unanswered())
                .doOnCancel(guard::unanswered)
                .onErrorMap(TimeoutException.class, error -> new ConnectionEnded(late()))
                .onErrorMap(error -> error instanceof ConnectionEnded ? error : new ConnectionEnded(Failures.of(error)))
                .doOnNext(answer -> remember(answer, answered));
    }

    private void remember(GatewayBot answer, Consumer<GatewayBot> answered) {
        known = answer;
        knownAt = System.nanoTime();
        answered.accept(answer);
        first.tryEmitValue(answer);
    }

    private GatewayBot answer(HttpClientResponse response, String body) {
        int status = response.status().code();
        guard.answered(status);
        if (status != 200) {
            throw new ConnectionEnded(Failure.http(
                    status,
                    describe(status, response),
                    RequestedPause.of(status, response.responseHeaders(), body, mapper)));
        }
        try {
            return usable(parse(mapper.readTree(body)));
        } catch (IOException | IllegalArgumentException e) {
            throw new ConnectionEnded(new Failure(
                    Failure.Kind.HTTP_STATUS,
                    status,
                    "GET /gateway/bot answered something other than Discord's JSON",
                    null));
        }
    }

    /** Where Discord is reached by TLS, so is its gateway: the token is sent there. */
    private GatewayBot usable(GatewayBot answer) {
        if (!TokenDestination.isUsable(answer.url(), TokenDestination.demandsTls(apiBaseUrl.toString()))) {
            throw new ConnectionEnded(new Failure(
                    Failure.Kind.HTTP_STATUS,
                    200,
                    "GET /gateway/bot names a gateway that cannot be used: " + answer.url()
                            + " is not a wss URL whose host has no underscore",
                    null));
        }
        return answer;
    }

    private static GatewayBot parse(JsonNode json) {
        JsonNode limit = json.path("session_start_limit");
        if (!json.path("url").isTextual() || !limit.isObject()) {
            throw new IllegalArgumentException("url or session_start_limit is missing");
        }
        return new GatewayBot(
                json.path("url").textValue(),
                Math.max(1, json.path("shards").asInt(1)),
                limit.path("total").asInt(1_000),
                limit.path("remaining").asInt(1_000),
                Duration.ofMillis(Math.max(0, limit.path("reset_after").asLong())),
                Math.max(1, limit.path("max_concurrency").asInt(1)));
    }

    private Failure late() {
        return Failure.of(
                Failure.Kind.HTTP_TIMEOUT, "GET /gateway/bot was not answered within " + patience.toMillis() + " ms");
    }

    private static String describe(int status, HttpClientResponse response) {
        return switch (status) {
            case 301, 302, 303, 307, 308 ->
                "GET /gateway/bot answered with a redirect (HTTP " + status + ") to "
                        + response.responseHeaders().get(HttpHeaderNames.LOCATION)
                        + ". It is not followed, since the token would go along: set DISCORD_API_BASE_URL to the right"
                        + " address";
            case 401 -> "Discord does not accept the token (HTTP 401)";
            case 429 -> "Discord asks for a pause (HTTP 429)";
            default -> "GET /gateway/bot answered HTTP " + status;
        };
    }
}
