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

    /** What kind of error it is: for everybody to see, so without a message, which may hold anything in a host's code. */
    static String kind(Throwable error) {
        return error.getClass().getSimpleName() + ", see the log";
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
