package dev.gatewatch.bot;

import dev.gatewatch.connection.ForeignText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Collectors;

/** Errors as text for the log, without tokens: those of interactions stand in the paths of requests. */
final class Redacted {

    private Redacted() {}

    /** The error in one line. */
    static String line(Throwable error) {
        return ForeignText.clean(error.toString().lines().findFirst().orElse(""));
    }

    /** What kind of error it is: for everybody to see, so without a message, which may hold anything in a host's code. */
    static String kind(Throwable error) {
        return error.getClass().getSimpleName() + ", see the log";
    }

    /** The error with its stack trace. No line but the first begins like a line of the log. */
    static String trace(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return text.toString()
                .strip()
                .lines()
                .map(line -> ForeignText.clean(line.strip()))
                .collect(Collectors.joining("\n\t"));
    }
}
