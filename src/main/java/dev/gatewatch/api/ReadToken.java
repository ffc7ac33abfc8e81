package dev.gatewatch.api;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lock on everything but the summary and the probes, if {@code GATEWATCH_READ_TOKEN} is set.
 *
 * <p>A bearer token for programs; for browsers the same as the password of HTTP Basic, so that they ask for it themselves and send
 * it with all that a page loads. The admin token opens too. What is open is listed; everything else, known or not, is locked.
 * The status page itself is open: it holds nothing before it has asked for the token, and sends it with what it reads.
 */
@Singleton
final class ReadToken {

    private static final Set<String> OPEN = Set.of(
            "/health", BadgeResource.PATH, "/q/health", "/q/health/live", "/q/health/ready", "/q/health/started");

    /** The page and the files it is made of, no path below or beside them. */
    private static final Pattern PAGE = Pattern.compile("/|" + SecurityHeaders.BUNDLE + "[\\w-]+\\.(js|css)(\\.map)?");

    private final Optional<Secret> read;
    private final Optional<Secret> admin;
    private final WrongTokens wrong;
    private final ClientAddress client;
    private final ManagementPort management;

    ReadToken(ApiConfig config, WrongTokens wrong, ClientAddress client, ManagementPort management) {
        read = Secret.of(config.readToken());
        admin = Secret.of(config.adminToken());
        this.wrong = wrong;
        this.client = client;
        this.management = management;
    }

    boolean isConfigured() {
        return read.isPresent();
    }

    void register(@Observes Filters filters) {
        if (isConfigured()) {
            filters.register(this::check, SecurityHeaders.FIRST - 20);
        }
    }

    private void check(RoutingContext context) {
        if (OPEN.contains(context.request().path())
                || PAGE.matcher(context.normalizedPath()).matches()
                || management.isUsedBy(context.request())) {
            context.next();
            return;
        }
        String authorization = context.request().getHeader("Authorization");
        if (opens(authorization)) {
            context.next();
            return;
        }
        Optional<Duration> wait = authorization == null ? Optional.empty() : wrong.wrong(client.of(context.request()));
        if (wait.isPresent()) {
            AdminToken.TooManyException refusal = new AdminToken.TooManyException(wait.get());
            context.response().putHeader("Retry-After", Long.toString(refusal.seconds()));
            JsonError.send(context.response(), 429, String.valueOf(refusal.getMessage()));
        } else {
            refuse(context.response());
        }
    }

    private boolean opens(@Nullable String authorization) {
        Optional<String> bearer = Secret.bearer(authorization);
        Optional<String> password = Secret.password(authorization);
        return read.filter(secret -> secret.is(bearer) || secret.is(password)).isPresent()
                || admin.filter(secret -> secret.is(bearer)).isPresent();
    }

    private static void refuse(HttpServerResponse response) {
        response.headers().add("WWW-Authenticate", "Bearer").add("WWW-Authenticate", "Basic realm=\"Gatewatch\"");
        JsonError.send(
                response,
                401,
                "This needs the header \"Authorization: Bearer <token>\" with the value of GATEWATCH_READ_TOKEN, which"
                        + " is also the password of HTTP Basic. /health and the probes are open.");
    }
}
