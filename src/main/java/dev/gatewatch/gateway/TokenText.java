package dev.gatewatch.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** A text that should be a bot token: cleaned of what nobody sees, and, when it is none, what it looks like instead. */
final class TokenText {

    /** Byte order marks, zero-width characters and direction marks: copying from a chat or an editor brings them along. */
    private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}");

    private static final Pattern SURROUNDING_SPACE = Pattern.compile("^[\\s\\p{Z}]+|[\\s\\p{Z}]+$");
    private static final Pattern PARTS = Pattern.compile("([A-Za-z0-9_-]+)={0,2}\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
    private static final Pattern SCHEME = Pattern.compile("(?i)(bot|bearer)\\s.*", Pattern.DOTALL);
    private static final Pattern QUOTED = Pattern.compile("([\"'`“”‘’«»]).*[\"'`“”‘’«»]", Pattern.DOTALL);
    private static final Pattern ASSIGNMENT = Pattern.compile(
            "(?i)(export\\s+|set\\s+|\\$env:)?[\"']?[a-z_][a-z0-9_.-]*[\"']?\\s*[=:]\\s*\\S.*", Pattern.DOTALL);
    private static final Pattern JSON = Pattern.compile("\\{.*}", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("[0-9]{15,20}");
    private static final Pattern PUBLIC_KEY = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern CLIENT_SECRET = Pattern.compile("[A-Za-z0-9_-]{32}");

    private TokenText() {}

    /** The text without invisible characters, and without white space around it. */
    static String clean(String text) {
        return SURROUNDING_SPACE.matcher(INVISIBLE.matcher(text).replaceAll("")).replaceAll("");
    }

    /** Whether a cleaned text has the form of a token. */
    static boolean isToken(String text) {
        var parts = PARTS.matcher(text);
        return parts.matches() && isNumberInBase64(parts.group(1));
    }

    /** What a cleaned text that is no token looks like, and what to do then; never repeats any of it. */
    static Optional<String> resemblance(String text) {
        if (SCHEME.matcher(text).matches()) {
            return Optional.of("it begins with the word Bot, as an HTTP header does: leave that word out");
        }
        if (JSON.matcher(text).matches()) {
            return Optional.of("it looks like JSON: write only the token's value, without quotes");
        }
        if (QUOTED.matcher(text).matches()) {
            return Optional.of("it is in quotes: leave them out");
        }
        if (ASSIGNMENT.matcher(text).matches()) {
            return Optional.of("it looks like NAME=value: write only the value, without the name");
        }
        if (isTokenInBase64(text)) {
            return Optional.of("it is a token encoded in base64, as in the data of a Kubernetes Secret: decode it"
                    + " (base64 -d), or use stringData");
        }
        if (text.lines().count() > 1) {
            return Optional.of("it has several lines: leave only the one with the token");
        }
        if (NUMBER.matcher(text).matches()) {
            return Optional.of("it looks like the application id, which is another value of the portal");
        }
        if (PUBLIC_KEY.matcher(text).matches()) {
            return Optional.of("it looks like the public key, which is another value of the portal");
        }
        return CLIENT_SECRET.matcher(text).matches()
                ? Optional.of("it looks like the client secret of OAuth2, which is another value of the portal")
                : Optional.empty();
    }

    private static boolean isTokenInBase64(String text) {
        try {
            byte[] decoded = Base64.getMimeDecoder().decode(text);
            return isToken(clean(new String(decoded, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isNumberInBase64(String part) {
        try {
            byte[] decoded = Base64.getUrlDecoder().decode(part);
            return new String(decoded, StandardCharsets.US_ASCII).matches("[0-9]{1,20}");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
