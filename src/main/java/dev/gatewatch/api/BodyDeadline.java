package dev.gatewatch.api;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * A request's body must be complete within a time, however steadily it drips.
 *
 * <p>Sizes, and silence on a connection, are Quarkus' to limit: see {@code quarkus.http.limits} and {@code idle-timeout} in
 * {@code application.properties}.
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

    private void watch(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!request.isEnded()
                && (request.getHeader("Content-Length") != null || request.getHeader("Transfer-Encoding") != null)) {
            long timer = vertx.setTimer(DEADLINE.toMillis(), late -> {
                if (!request.isEnded() && !context.response().ended()) {
                    context.response().putHeader("Connection", "close");
                    JsonError.send(
                            context.response(), 408, "The body was not complete after " + DEADLINE.toSeconds() + " s.");
                    request.connection().close();
                }
            });
            context.addEndHandler(ended -> vertx.cancelTimer(timer));
        }
        context.next();
    }
}
