package dev.gatewatch.api;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotFoundException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lock on everything that changes something: a bearer token, compared in constant time.
 *
 * <p>The right token is always let in; wrong ones are counted. Without {@code GATEWATCH_ADMIN_TOKEN} there is nothing to
 * open: such requests are answered with 404.
 */
@Singleton
public final class AdminToken {

    private final Optional<Secret> expected;
    private final WrongTokens wrong;
    private final ClientAddress client;

    AdminToken(ApiConfig config, WrongTokens wrong, ClientAddress client) {
        expected = Secret.of(config.adminToken());
        this.wrong = wrong;
        this.client = client;
    }

    /**
     * Lets the current request pass if it carries the token.
     *
     * @param authorization the request's Authorization header, null when it has none
     * @throws NotFoundException when no token is set
     * @throws UnauthorizedException when the header is absent or wrong
     * @throws TooManyException when it is wrong, and so were too many before
     */
    void require(@Nullable String authorization) {
        require(authorization, client.current());
    }

    /** The same for a request that is not the current one yet. */
    void require(HttpServerRequest request) {
        require(request.getHeader("Authorization"), client.of(request));
    }

    private void require(@Nullable String authorization, String from) {
        Secret wanted = expected.orElseThrow(NotFoundException::new);
        Optional<String> given = Secret.bearer(authorization);
        if (wanted.is(given)) {
            return;
        }
        given.flatMap(token -> wrong.wrong(from)).ifPresent(wait -> {
            throw new TooManyException(wait);
        });
        throw new UnauthorizedException();
    }

    /** The request does not carry the admin token. */
    static final class UnauthorizedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnauthorizedException() {
            super("This needs the header \"Authorization: Bearer <token>\" with the value of GATEWATCH_ADMIN_TOKEN.");
        }
    }

    /** Too many wrong tokens, of which this is one. */
    static final class TooManyException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final Duration wait;

        TooManyException(Duration wait) {
            super("Too many wrong tokens; try again in " + seconds(wait) + " s.");
            this.wait = wait;
        }

        /** For how long, in whole seconds, at least 1. */
        long seconds() {
            return seconds(wait);
        }

        private static long seconds(Duration wait) {
            return wait.plusMillis(999).toSeconds();
        }
    }
}
