package dev.gatewatch.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides which bot tokens are valid: {@code base64(numeric id).x.y}, and not reset since.
 *
 * <p>Somebody may point a bot with its real token at us by mistake, so we keep fingerprints only.
 */
final class Tokens {

    private static final String AUTHORIZATION_PREFIX = "Bot ";
    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9_-]+)={0,2}\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
    private static final String SAMPLE = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString("1100000000000000001".getBytes(StandardCharsets.US_ASCII))
            + ".simulator.not-a-secret";

    private final Set<String> accepted;
    private final Set<String> reset = new HashSet<>();
    private boolean allRevoked;

    Tokens(Set<String> accepted) {
        this.accepted = accepted;
    }

    /** A token that is valid from the start. */
    String sample() {
        return accepted.stream().sorted().findFirst().orElse(SAMPLE);
    }

    boolean accepts(String token) {
        return !allRevoked
                && botId(token) != 0
                && (accepted.isEmpty() || accepted.contains(token))
                && !reset.contains(fingerprint(token));
    }

    /** What Discord does to a bot that identifies too often: the token is worth nothing from now on. */
    void reset(String token) {
        reset.add(fingerprint(token));
    }

    void resetFingerprints(Collection<String> fingerprints) {
        reset.addAll(fingerprints);
    }

    /** Makes the tokens valid again that were reset. */
    void forgetResets() {
        reset.clear();
    }

    Set<String> resetFingerprints() {
        return Set.copyOf(reset);
    }

    /** Makes every token invalid, or ends that. */
    void revokeAll(boolean revoked) {
        allRevoked = revoked;
    }

    /** The token without the prefix that libraries may send with it in IDENTIFY and RESUME, see [discord-api-docs issue 119]. */
    static String bare(String token) {
        return token.startsWith(AUTHORIZATION_PREFIX) ? token.substring(AUTHORIZATION_PREFIX.length()) : token;
    }

    /** The bot's user id, which is the token's first part; 0 when the token is not one. */
    static long botId(String token) {
        Matcher matcher = FORM.matcher(token);
        if (!matcher.matches()) {
            return 0;
        }
        try {
            String id = new String(Base64.getUrlDecoder().decode(matcher.group(1)), StandardCharsets.US_ASCII);
            return id.matches("[0-9]{1,19}") ? Long.parseLong(id) : 0;
        } catch (IllegalArgumentException e) { // not base64, or beyond a long
            return 0;
        }
    }

    static String fingerprint(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
