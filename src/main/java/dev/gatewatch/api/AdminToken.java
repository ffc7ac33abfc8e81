package dev.gatewatch.api;

import jakarta.inject.Singleton;
import jakarta.ws.rs.NotFoundException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lock on everything that changes something: a bearer token, compared in constant time; wrong ones are counted.
 *
 * <p>Without {@code GATEWATCH_ADMIN_TOKEN} there is nothing to open: such requests are answered with 404.
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
     * @throws TooManyException when too many wrong ones came before
     */
    void require(@Nullable String authorization) {
        Secret wanted = expected.orElseThrow(NotFoundException::new);
        Optional<String> given = Secret.bearer(authorization);
        String from = client.current();
        wrong.wait(from).ifPresent(wait -> {
            throw new TooManyException(wait);
        });
        if (wanted.is(given)) {
            wrong.right(from);
            return;
        }
        if (given.isPresent()) {
            wrong.wrong(from);
        }
        throw new UnauthorizedException();
    }

    /** The request does not carry the admin token. */
    static final class UnauthorizedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnauthorizedException() {
            super("This needs the header \"Authorization: Bearer <token>\" with the value of GATEWATCH_ADMIN_TOKEN.");
        }
    }

    /** Too many wrong tokens: none is looked at for a while. */
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
