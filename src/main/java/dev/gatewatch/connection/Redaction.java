package dev.gatewatch.connection;

import java.util.regex.Pattern;

/**
 * Takes tokens out of texts. {@link ForeignText} does so, too, for texts of one line.
 *
 * <p>Bot tokens by their form, not by knowing one, so that a token of another bot is hidden as well; those of webhooks and interactions by where they
 * stand in a path. See [Discord Docs/API Reference/Authentication] and [Discord Docs/Webhook].
 */
public final class Redaction {

    private static final Pattern TOKEN =
            Pattern.compile("[A-Za-z0-9_-]{18,40}={0,2}\\.[A-Za-z0-9_-]{5,8}\\.[A-Za-z0-9_-]{10,}");

    private static final Pattern PATH = Pattern.compile("((?:webhooks|interactions)/[0-9]+/)[^/\\s?\"']+");

    private static final String HIDDEN = "(token hidden)";

    private Redaction() {}

    /** The text with every token replaced. */
    public static String hide(String text) {
        return PATH.matcher(TOKEN.matcher(text).replaceAll(HIDDEN)).replaceAll("$1" + HIDDEN);
    }
}
