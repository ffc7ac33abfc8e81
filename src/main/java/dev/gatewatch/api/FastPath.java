package dev.gatewatch.api;

import dev.gatewatch.status.StatusBoard;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.health.SmallRyeHealth;
import io.smallrye.health.SmallRyeHealthReporter;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Answers what is asked most, plain GETs for the summary, the status and the probes, before the router looks for who would: the answer is there
 * already. Everything else, such as another representation or HEAD, goes on to Quarkus REST and SmallRye Health, which say the same.
 *
 * <p>In front of all others, unless the {@link ManagementPort} or the {@link ReadToken} has something to guard. Only the checks of a probe may take a
 * moment; whoever asks meanwhile shares their result.
 */
@Singleton
final class FastPath {

    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence JSON_IN_UTF8 = HttpHeaders.createOptimized("application/json;charset=UTF-8");

    private final Map<String, Answer> answers;
    private final StatusBoard board;
    private final SmallRyeHealthReporter reporter;
    private final boolean guarded;

    FastPath(
            StatusAnswers status,
            StatusBoard board,
            SmallRyeHealthReporter reporter,
            ManagementPort management,
            ReadToken token) {
        this.board = board;
        this.reporter = reporter;
        guarded = management.isConfigured() || token.isConfigured();
        answers = Map.of(
                "/health", new Answer(() -> CompletableFuture.completedFuture(status.health()), JSON, true),
                "/discord-status",
                        new Answer(() -> CompletableFuture.completedFuture(status.status()), JSON_IN_UTF8, false),
                "/q/health/live", probe(reporter::getLivenessAsync),
                "/q/health/ready", probe(reporter::getReadinessAsync),
                "/q/health/started", probe(reporter::getStartupAsync));
    }

    void register(@Observes Filters filters) {
        filters.register(this::answer, SecurityHeaders.FIRST + (guarded ? -30 : 30));
    }

    private void answer(RoutingContext context) {
        HttpServerRequest request = context.request();
        Answer answer = answers.get(request.path());
        if (answer == null || !isPlain(request)) {
            context.next();
            return;
        }
        if (request.headers().contains(HttpHeaders.ACCEPT_ENCODING)) {
            CompressionOnDemand.provide(request);
        } else {
            CompressionOnDemand.spare(request);
        }
        SecurityHeaders.addForData(request);
        MultiMap headers = request.response().headers().set(HttpHeaders.CONTENT_TYPE, answer.type);
        if (answer.varies) {
            headers.set(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        }
        CompletableFuture<AnswerBody> body = answer.body.get();
        if (body.isDone() && !body.isCompletedExceptionally()) {
            send(request, body.join());
        } else {
            Future.fromCompletionStage(body, Vertx.currentContext())
                    .onSuccess(done -> send(request, done))
                    .onFailure(context::fail);
        }
    }

    private static boolean isPlain(HttpServerRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return request.method().equals(HttpMethod.GET) && (accept == null || accept.equals("*/*"));
    }

    private static void send(HttpServerRequest request, AnswerBody body) {
        request.resume(); // what Quarkus paused
        request.response().setStatusCode(body.status()).end(body.utf8());
    }

    private Answer probe(Supplier<Uni<SmallRyeHealth>> checks) {
        FoldedAnswer<CompletableFuture<AnswerBody>> folded = new FoldedAnswer<>(
                board::current, () -> checks.get().map(this::body).subscribeAsCompletionStage());
        return new Answer(folded::get, JSON_IN_UTF8, false);
    }

    private AnswerBody body(SmallRyeHealth health) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        reporter.reportHealth(json, health);
        return new AnswerBody(health.isDown() ? 503 : 200, Buffer.buffer(json.toByteArray()));
    }

    /**
     * What one path answers.
     *
     * @param varies whether other representations can be asked for
     */
    private record Answer(Supplier<CompletableFuture<AnswerBody>> body, CharSequence type, boolean varies) {}
}
