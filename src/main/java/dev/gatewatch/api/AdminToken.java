package dev.gatewatch.api;

import jakarta.inject.Singleton;
import jakarta.ws.rs.NotFoundException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lock on everything that changes something: a bearer token, compared in constant time.
 *
 * <p>Without {@code GATEWATCH_ADMIN_TOKEN} there is nothing to open: such requests are answered with 404.
 */
@Singleton
public final class AdminToken {

    private final Optional<byte[]> expected;

    AdminToken(ApiConfig config) {
        expected = config.adminToken().filter(token -> !token.isBlank()).map(token -> digest(token.strip()));
    }

    /**
     * Lets a request pass that carries the token.
     *
     * @param authorization the request's Authorization header, null when it has none
     * @throws NotFoundException when no token is set
     * @throws UnauthorizedException when the header is absent or wrong
     */
    void require(@Nullable String authorization) {
        byte[] wanted = expected.orElseThrow(NotFoundException::new);
        String given = authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)
                ? authorization.substring(7).strip()
                : "";
        if (!MessageDigest.isEqual(wanted, digest(given))) {
            throw new UnauthorizedException();
        }
    }

    /** Digests have one length, so that not even the token's length shows in the time the comparison takes. */
    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The request does not carry the admin token. */
    static final class UnauthorizedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnauthorizedException() {
            super("This needs the header \"Authorization: Bearer <token>\" with the value of GATEWATCH_ADMIN_TOKEN.");
        }
    }
}
