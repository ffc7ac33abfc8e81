package dev.gatewatch.connection;

import java.util.regex.Pattern;

/**
 * Cleans texts that come from elsewhere: a close reason, another server's error, an operator's words.
 *
 * <p>A clean text is one line. It neither forges a log line nor steers a terminal, and it holds no token.
 */
public final class ForeignText {

    /** Control characters, separators of lines and paragraphs, and what changes the direction of writing. */
    private static final Pattern UNSAFE =
            Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]+");

    private ForeignText() {}

    /** The text with a space in place of unsafe characters, and without tokens. */
    public static String clean(String text) {
        return Redaction.hide(UNSAFE.matcher(text).replaceAll(" "));
    }
}
