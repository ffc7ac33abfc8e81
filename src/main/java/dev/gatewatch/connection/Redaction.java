package dev.gatewatch.connection;

import java.util.regex.Pattern;

/**
 * Takes bot tokens out of texts that come from elsewhere: a close reason, an error's message, an operator's words.
 *
 * <p>By their form, not by knowing one, so that a token of another bot is hidden as well. See [Discord Docs/API
 * Reference/Authentication].
 */
public final class Redaction {

    private static final Pattern TOKEN =
            Pattern.compile("[A-Za-z0-9_-]{18,40}={0,2}\\.[A-Za-z0-9_-]{5,8}\\.[A-Za-z0-9_-]{10,}");

    private Redaction() {}

    /** The text with everything that has a bot token's form replaced. */
    public static String hide(String text) {
        return TOKEN.matcher(text).replaceAll("(token hidden)");
    }
}
