package dev.gatewatch.api;

import dev.gatewatch.status.StatusBoard;
import io.quarkus.runtime.LaunchMode;
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
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Answers what is asked most, plain GETs for the summary, the status and the probes, before the router looks for who would: the answer is there
 * already. Everything else, such as another representation or HEAD, goes on to Quarkus REST and SmallRye Health, which say the same.
 *
 * <p>In front of all others, unless the {@link ManagementPort} or the {@link ReadToken} has something to guard. Only the checks of a probe may take a
 * moment; whoever asks meanwhile shares their result. Who asks again in the same connection gets the same bytes by the {@link KeepAliveShortcut}.
 */
@Singleton
final class FastPath {

    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence JSON_IN_UTF8 = HttpHeaders.createOptimized("application/json;charset=UTF-8");

    private final Map<String, Answer> answers;
    private final StatusBoard board;
    private final SmallRyeHealthReporter reporter;
    private final boolean guarded;
    private final boolean direct;

    /**
     * @param logged whether Quarkus writes an access log, which is to miss nothing
     */
    FastPath(
            StatusAnswers status,
            StatusBoard board,
            SmallRyeHealthReporter reporter,
            ManagementPort management,
            ReadToken token,
            @ConfigProperty(name = "quarkus.http.access-log.enabled", defaultValue = "false") boolean logged) {
        this.board = board;
        this.reporter = reporter;
        guarded = management.isConfigured() || token.isConfigured();
        // dev mode's reload puts requests off before they get here
        direct = !guarded && !logged && LaunchMode.current() != LaunchMode.DEVELOPMENT;
        answers = Map.of(
                "/health", folded(status.health(), JSON, true),
                "/discord-status", folded(status.status(), JSON_IN_UTF8, false),
                "/q/health/live", probe(reporter::getLivenessAsync),
                "/q/health/ready", probe(reporter::getReadinessAsync),
                "/q/health/started", probe(reporter::getStartupAsync));
    }

    void register(@Observes Filters filters) {
        filters.register(this::answer, SecurityHeaders.FIRST + (guarded ? -30 : 30));
    }

    private void answer(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (direct) {
            KeepAliveShortcut.install(request, this::whole);
        }
        Answer answer = answers.get(request.path());
        if (answer == null || !isPlain(request)) {
            context.next();
            return;
        }
        SecurityHeaders.addForData(request);
        MultiMap headers = request.response().headers().set(HttpHeaders.CONTENT_TYPE, answer.type);
        if (answer.varies) {
            headers.set(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        }
        if (direct && answer.headers == null && !SecurityHeaders.isSecure(request)) {
            answer.headers = lines(headers);
        }
        CompletableFuture<AnswerBody> body = answer.body.get();
        AnswerBody done = done(body);
        if (done != null) {
            send(request, done);
        } else {
            Future.fromCompletionStage(body, Vertx.currentContext())
                    .onSuccess(late -> send(request, late))
                    .onFailure(context::fail);
        }
    }

    private static boolean isPlain(HttpServerRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return request.method().equals(HttpMethod.GET)
                && (accept == null || accept.equals("*/*"))
                && !request.headers().contains(HttpHeaders.ORIGIN); // Quarkus knows who may read it
    }

    private static void send(HttpServerRequest request, AnswerBody body) {
        request.resume(); // what Quarkus paused
        request.response().setStatusCode(body.status()).end(body.utf8());
    }

    private @Nullable WholeAnswer whole(String uri) {
        Answer answer = answers.get(uri);
        return answer == null ? null : answer.whole();
    }

    private static String lines(MultiMap headers) {
        return headers.entries().stream()
                .map(header -> WholeAnswer.line(header.getKey(), header.getValue()))
                .collect(Collectors.joining());
    }

    private static Answer folded(FoldedAnswer<AnswerBody> folded, CharSequence type, boolean varies) {
        return new Answer(() -> CompletableFuture.completedFuture(folded.get()), folded::finished, type, varies);
    }

    private Answer probe(Supplier<Uni<SmallRyeHealth>> checks) {
        FoldedAnswer<CompletableFuture<AnswerBody>> folded = new FoldedAnswer<>(
                board::current,
                () -> checks.get().map(this::body).subscribeAsCompletionStage(),
                CompletableFuture::isDone);
        return new Answer(folded::get, () -> done(folded.finished()), JSON_IN_UTF8, false);
    }

    private static @Nullable AnswerBody done(@Nullable CompletableFuture<AnswerBody> body) {
        return body != null && body.isDone() && !body.isCompletedExceptionally() ? body.join() : null;
    }

    private AnswerBody body(SmallRyeHealth health) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        reporter.reportHealth(json, health);
        return new AnswerBody(health.isDown() ? 503 : 200, Buffer.buffer(json.toByteArray()));
    }

    /** What one path answers. */
    private static final class Answer {

        private final Supplier<CompletableFuture<AnswerBody>> body;
        private final Supplier<@Nullable AnswerBody> finished;
        private final CharSequence type;
        private final boolean varies;

        /** As the first such answer had them: the operator's among them, which do not change. */
        private volatile @Nullable String headers;

        private volatile @Nullable WholeAnswer last;

        /**
         * @param body the body, written anew if it has to be
         * @param finished the body if it is there already
         * @param varies whether other representations can be asked for
         */
        Answer(
                Supplier<CompletableFuture<AnswerBody>> body,
                Supplier<@Nullable AnswerBody> finished,
                CharSequence type,
                boolean varies) {
            this.body = body;
            this.finished = finished;
            this.type = type;
            this.varies = varies;
        }

        @Nullable
        WholeAnswer whole() {
            String lines = headers;
            AnswerBody now = lines == null ? null : finished.get();
            if (lines == null || now == null) {
                return null;
            }
            WholeAnswer whole = last;
            if (whole == null || !whole.isOf(now)) {
                whole = new WholeAnswer(now, lines);
                last = whole;
            }
            return whole;
        }
    }
}
