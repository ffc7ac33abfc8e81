package dev.gatewatch.connection;

import java.util.regex.Pattern;

/**
 * Takes tokens out of texts. {@link ForeignText} does so, too, for texts of one line.
 *
 * <p>Bot tokens are told by their form, so that a token of another bot is hidden as well. Those of webhooks and interactions are
 * told by their place in a path, passwords by their place in a URL, and what authorizes a request by its header. See [Discord
 * Docs/API Reference/Authentication] and [Discord Docs/Webhook].
 */
public final class Redaction {

    private static final Pattern TOKEN =
            Pattern.compile("[A-Za-z0-9_-]{18,40}={0,2}\\.[A-Za-z0-9_-]{5,8}\\.[A-Za-z0-9_-]{10,}");

    /** Here as below: what begins with a bracket is hidden already. */
    private static final Pattern PATH = Pattern.compile("((?:webhooks|interactions)/[0-9]+/)(?!\\()[^/\\s?\"']+");

    private static final Pattern USER = Pattern.compile("(://[^/\\s:@?#]*:)[^/\\s@]+@");

    private static final Pattern PARAMETER = Pattern.compile(
            "([?&;][\\w.-]*(?:password|passwd|secret|token|signature|api_?key)=)(?!\\()[^&;\\s\"'#]+",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern HEADER = Pattern.compile(
            "(authorization\"?\\s*[:=]\\s*\"?(?:bearer |basic |bot )?+)[^\\s\",;(<]+", Pattern.CASE_INSENSITIVE);

    private static final String HIDDEN = "(token hidden)";

    private Redaction() {}

    /** The text with every token replaced. */
    public static String hide(String text) {
        String hidden = TOKEN.matcher(text).replaceAll(HIDDEN);
        hidden = PATH.matcher(hidden).replaceAll("$1" + HIDDEN);
        hidden = USER.matcher(hidden).replaceAll("$1" + HIDDEN + "@");
        hidden = PARAMETER.matcher(hidden).replaceAll("$1" + HIDDEN);
        return HEADER.matcher(hidden).replaceAll("$1" + HIDDEN);
    }
}
