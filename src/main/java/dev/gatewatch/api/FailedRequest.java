package dev.gatewatch.api;

import dev.gatewatch.connection.ForeignText;
import io.vertx.core.http.HttpClosedException;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Answers a request without a usable {@code Host} in our own form: Vert.x refuses it before any filter sees it. */
@Singleton
final class FailedRequest {

    private static final Logger log = Logger.getLogger(FailedRequest.class);

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(FailedRequest::answer);
    }

    private static void answer(RoutingContext context) {
        if (context.failure() instanceof HttpClosedException) {
            log.debugf(
                    "The client of %s went away before its body was complete",
                    ForeignText.clean(context.request().path()));
            return;
        }
        boolean lacksHost = context.statusCode() == 400 && context.request().authority() == null;
        if (!lacksHost || context.response().headWritten()) {
            context.next();
            return;
        }
        log.debugf(
                "A request for %s had no usable Host header",
                ForeignText.clean(context.request().path()));
        SecurityHeaders.prepare(context);
        JsonError.send(
                context.response(),
                400,
                "This needs a Host header with the name or address that you ask, and its port.");
    }
}
