package dev.gatewatch.gateway;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/**
 * A bot's secret, which never shows itself: not in {@link #toString}, not in an exception.
 *
 * <p>Its form is {@code base64(numeric application id).time.signature}. See [Discord Docs/API Reference/Authentication].
 */
public final class BotToken {

    /** Said of every text that is not a token; the text itself is never repeated. */
    public static final String EXPECTED = "the token from the Discord developer portal (Bot > Reset Token): "
            + "three parts divided by dots, the first of them the application id in base64";

    private final String secret;

    private BotToken(String secret) {
        this.secret = secret;
    }

    /**
     * Reads a token from a text; white space around it and characters that nobody sees are ignored.
     *
     * @throws IllegalArgumentException when it is none; the message says what is expected, without the text
     */
    public static BotToken of(String text) {
        String cleaned = TokenText.clean(text);
        if (!TokenText.isToken(cleaned)) {
            throw new IllegalArgumentException(EXPECTED
                    + TokenText.resemblance(cleaned).map(what -> "; " + what).orElse(""));
        }
        return new BotToken(cleaned);
    }

    /**
     * Reads a token from a file, for mounted secrets.
     *
     * @throws IllegalArgumentException when the file cannot be read, is empty or holds no token; the message says what is
     *     expected, without the content
     */
    public static BotToken read(Path file) {
        String content = SecretFile.read(file, "the bot token");
        try {
            return of(content);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a file that holds nothing but " + e.getMessage(), e);
        }
    }

    /** The configured token, from whichever of the two settings is set; empty when neither is. */
    public static Optional<BotToken> from(GatewayConfig config) {
        return config.token().filter(text -> !text.isBlank()).map(BotToken::of).or(() -> config.tokenFile()
                .map(BotToken::read));
    }

    /** The number of the bot's application, which is no secret. */
    public String applicationId() {
        String part = secret.substring(0, secret.indexOf('.')).replace("=", "");
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.US_ASCII);
    }

    /** The token itself, for Discord only. */
    public String secret() {
        return secret;
    }

    @Override
    public String toString() {
        return "BotToken[hidden]";
    }
}
