package dev.gatewatch.api;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Sinks;

/**
 * {@code GET /discord-status/stream}: what happens, while it happens, as server-sent events.
 *
 * <p>A route of its own rather than a REST resource, because each write to a reader must wait for that reader's socket, and because
 * comments and cut-offs are part of the protocol.
 */
@Singleton
public final class StreamRoute {

    static final String PATH = "/discord-status/stream";

    /** How long a shutdown waits for readers to take their farewell. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final LiveStream stream;
    private final int limit;
    private final Duration patience;
    private final AtomicInteger open = new AtomicInteger();
    private final Sinks.Empty<Void> end = Sinks.empty();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean ending;

    StreamRoute(LiveStream stream, ApiConfig config) {
        this.stream = stream;
        limit = config.streamLimit();
        patience = config.streamHeartbeat().multipliedBy(2);
    }

    void register(@Observes Router router) {
        router.route(PATH).handler(this::answer);
    }

    /** When the shutdown is announced: at the ShutdownEvent Quarkus has closed every connection already. */
    void stop(@Observes ShutdownDelayInitiatedEvent event) throws InterruptedException {
        ending = true;
        end.tryEmitEmpty();
        if (open.get() > 0) {
            ended.await(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void answer(RoutingContext context) {
        if (!context.request().method().equals(HttpMethod.GET)) {
            context.response().putHeader("Allow", "GET");
            JsonError.send(context.response(), 405, "This is read with GET only.");
            return;
        }
        if (open.incrementAndGet() > limit) {
            open.decrementAndGet();
            context.response().putHeader("Retry-After", "10");
            JsonError.send(
                    context.response(),
                    503,
                    "As many streams are open as may be, " + limit
                            + " (GATEWATCH_STREAM_LIMIT). Close some, or read /discord-status instead.");
            return;
        }
        HttpServerResponse response = context.response()
                .setChunked(true)
                .putHeader("Content-Type", Sse.MEDIA_TYPE)
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no"); // nginx would keep events back
        stream.open(lastEventId(context), end.asMono())
                .doFinally(signal -> left())
                .subscribe(new StreamReader(context.vertx(), response, patience));
    }

    /** The header is a browser's when it comes back; the parameter is for the first time, when no header can be set. */
    private static @Nullable String lastEventId(RoutingContext context) {
        return Optional.ofNullable(context.request().getHeader("Last-Event-ID"))
                .or(() -> Optional.ofNullable(context.request().getParam("last_event_id")))
                .map(String::strip)
                .filter(id -> !id.isEmpty())
                .orElse(null);
    }

    private void left() {
        if (open.decrementAndGet() == 0 && ending) {
            ended.countDown();
        }
    }
}
