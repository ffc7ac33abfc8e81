package dev.gatewatch.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A token that requests are compared with, in constant time; itself it is not kept. */
final class Secret {

    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";

    private final byte[] expected;

    private Secret(String token) {
        expected = digest(token);
    }

    /** The configured token; empty when there is none. */
    static Optional<Secret> of(Optional<String> token) {
        return token.map(String::strip).filter(text -> !text.isEmpty()).map(Secret::new);
    }

    boolean is(Optional<String> given) {
        return given.map(token -> MessageDigest.isEqual(expected, digest(token)))
                .orElse(false);
    }

    /** The token of an Authorization header of the Bearer scheme. See [RFC 6750]. */
    static Optional<String> bearer(@Nullable String authorization) {
        return credentials(BEARER, authorization);
    }

    /** The password of an Authorization header of the Basic scheme, for browsers; the user's name is of no interest. See [RFC 7617]. */
    static Optional<String> password(@Nullable String authorization) {
        return credentials(BASIC, authorization).flatMap(encoded -> {
            try {
                String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
                return Optional.of(pair.substring(pair.indexOf(':') + 1));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        });
    }

    private static Optional<String> credentials(String scheme, @Nullable String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, scheme, 0, scheme.length())
                ? Optional.of(authorization.substring(scheme.length()).strip())
                : Optional.empty();
    }

    /** Digests have one length, so that not even the token's length shows in the time the comparison takes. */
    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
