package dev.gatewatch.api;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotFoundException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Decides whether a request's body is read, before a byte of it is.
 *
 * <p>Only an operator may send a body, or anybody where a {@link PublicBody} is taken. Each body has a limit, and so have
 * all bodies together, so that unfinished bodies cannot fill the memory. {@link BodyDeadline} discards what is not read.
 */
@Singleton
final class BodyGate {

    /** Enough for an order, a maintenance window or a fault. */
    static final int MOST_BYTES = 16 * 1024;

    /** Enough for a note of 10,000 characters of which each is escaped. */
    static final int MOST_BYTES_OF_A_NOTE = 64 * 1024;

    /** All bodies that are being read, and those of requests that are not answered yet. */
    static final int MOST_BYTES_AT_ONCE = 1024 * 1024;

    private static final Pattern NOTES = Pattern.compile("/history/incidents/[^/]+/notes/?");
    private static final Set<HttpMethod> BODILESS =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.TRACE);
    private static final int CHUNKED = -1;

    private final AdminToken admin;
    private final Instance<PublicBody> publicBodies;
    private final AtomicInteger bytesAtOnce = new AtomicInteger();

    BodyGate(AdminToken admin, Instance<PublicBody> publicBodies) {
        this.admin = admin;
        this.publicBodies = publicBodies;
    }

    void register(@Observes Filters filters) {
        filters.register(this::examine, SecurityHeaders.FIRST - 25);
    }

    private void examine(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!BodyDeadline.hasBody(request) || BODILESS.contains(request.method())) {
            context.next();
        } else if (isAllowed(context)) {
            read(context, NOTES.matcher(context.normalizedPath()).matches() ? MOST_BYTES_OF_A_NOTE : MOST_BYTES);
        }
    }

    /** Answers if it is not. */
    private boolean isAllowed(RoutingContext context) {
        String path = context.normalizedPath();
        if (publicBodies.stream().anyMatch(body -> body.isTakenAt(path))) {
            return true;
        }
        try {
            admin.require(context.request());
            return true;
        } catch (NotFoundException e) {
            JsonError.send(context.response(), 404, ErrorMappers.nothingAt(path));
        } catch (AdminToken.UnauthorizedException e) {
            context.response().putHeader("WWW-Authenticate", "Bearer");
            JsonError.send(context.response(), 401, String.valueOf(e.getMessage()));
        } catch (AdminToken.TooManyException e) {
            context.response().putHeader("Retry-After", Long.toString(e.seconds()));
            JsonError.send(context.response(), 429, String.valueOf(e.getMessage()));
        }
        return false;
    }

    private void read(RoutingContext context, int limit) {
        int length = length(context.request(), limit);
        if (length > limit) {
            JsonError.send(context.response(), 413, "The body is too long: at most " + limit + " bytes are read here.");
            return;
        }
        int reserved = length == CHUNKED ? limit : length;
        if (bytesAtOnce.addAndGet(reserved) > MOST_BYTES_AT_ONCE) {
            bytesAtOnce.addAndGet(-reserved);
            context.response().putHeader("Retry-After", "1");
            JsonError.send(context.response(), 503, "Too many bodies are being sent at once. Try again in a second.");
            return;
        }
        AtomicBoolean released = new AtomicBoolean();
        context.addEndHandler(ended -> {
            if (released.compareAndSet(false, true)) {
                bytesAtOnce.addAndGet(-reserved);
            }
        });
        BodyHandler.create(false).setBodyLimit(limit).handle(context);
    }

    /** The length that is announced, at most one byte above the limit. Netty has refused one that is no number. */
    private static int length(HttpServerRequest request, int limit) {
        String announced = request.getHeader("Content-Length");
        return announced == null ? CHUNKED : (int) Math.min(Long.parseLong(announced.strip()), limit + 1L);
    }
}
