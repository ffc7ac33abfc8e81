package dev.gatewatch.bot;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.regex.Pattern;

/** Errors as text for the log, without the tokens that stand in the paths of requests. */
final class Redacted {

    private static final Pattern TOKEN = Pattern.compile("((?:webhooks|interactions)/[0-9]+/)[^/\\s?\"']+");

    private Redacted() {}

    /** The error in one line. */
    static String line(Throwable error) {
        return hide(error.toString().lines().findFirst().orElse(""));
    }

    /** The error with its stack trace. */
    static String trace(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return hide(text.toString().strip());
    }

    private static String hide(String text) {
        return TOKEN.matcher(text).replaceAll("$1(hidden)");
    }
}
