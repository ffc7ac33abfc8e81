package dev.gatewatch.api;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Limits how long a request may take to send its body, however steadily it drips; also a body that nobody reads.
 *
 * <p>Quarkus limits silence on a connection: see {@code idle-timeout} in {@code application.properties}.
 * {@link BodyGate} limits sizes.
 */
@Singleton
final class BodyDeadline {

    static final Duration DEADLINE = Duration.ofSeconds(20);

    private final Vertx vertx;

    BodyDeadline(Vertx vertx) {
        this.vertx = vertx;
    }

    void register(@Observes Filters filters) {
        filters.register(this::watch, SecurityHeaders.FIRST - 5);
    }

    static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return !request.isEnded()
                && (length == null
                        ? request.getHeader("Transfer-Encoding") != null
                        : !length.strip().equals("0"));
    }

    private void watch(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (hasBody(request)) {
            long timer = vertx.setTimer(DEADLINE.toMillis(), late -> giveUp(context));
            context.addEndHandler(ended -> {
                if (ended.failed() || request.isEnded()) {
                    vertx.cancelTimer(timer);
                } else {
                    discardRest(request, timer);
                }
            });
        }
        context.next();
    }

    private static void giveUp(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.isEnded()) {
            return;
        }
        if (!context.response().headWritten()) {
            context.response().putHeader("Connection", "close");
            JsonError.send(context.response(), 408, "The body was not complete after " + DEADLINE.toSeconds() + " s.");
        }
        request.connection().close();
    }

    /** Lets the client finish a body that was not needed for the answer, so that it sees the answer; until the deadline. */
    private void discardRest(HttpServerRequest request, long timer) {
        request.handler(rest -> {});
        request.endHandler(end -> vertx.cancelTimer(timer));
        request.exceptionHandler(broken -> vertx.cancelTimer(timer));
        request.resume();
    }
}
