package dev.gatewatch.terminal;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Why there is no reading: what happened, and what to do about it.
 *
 * @param kind for programs
 * @param message one line for people
 */
record Trouble(Kind kind, String message) {

    /** What went wrong. */
    enum Kind {
        UNREACHABLE,
        UNKNOWN_HOST,
        TIMED_OUT,
        TLS,
        UNAUTHORIZED,
        NOT_GATEWATCH,
        /** The server says that it cannot answer. */
        REFUSED,
        /** The connection broke within an answer. */
        BROKEN;

        /** As in JSON. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a failed connection means. */
    static Trouble of(IOException failure, ServerAddress server, Duration timeout) {
        if (failure instanceof UnknownHostException) {
            return new Trouble(Kind.UNKNOWN_HOST, "No host of this name is known: " + server + ". Check --url.");
        }
        if (failure instanceof SocketTimeoutException) {
            return timedOut(server, timeout);
        }
        if (failure instanceof SSLException) {
            return tls(failure, server);
        }
        if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
            return new Trouble(
                    Kind.UNREACHABLE,
                    "Nobody answers at " + server + " (" + words(failure)
                            + "). Is the service running, and is this its port (QUARKUS_HTTP_PORT)?");
        }
        return new Trouble(Kind.BROKEN, "The connection to " + server + " broke (" + words(failure) + ").");
    }

    static Trouble timedOut(ServerAddress server, Duration timeout) {
        return new Trouble(
                Kind.TIMED_OUT, "No answer from " + server + " within " + Words.duration(timeout) + " (--timeout).");
    }

    /** What an HTTP status other than 200 means. */
    static Trouble of(int status, @Nullable String location, boolean withToken, ServerAddress server) {
        if (status == 401 || status == 403) {
            return new Trouble(
                    Kind.UNAUTHORIZED,
                    server + (withToken ? " does not accept this token (" : " wants a token (") + status
                            + "): set GATEWATCH_READ_TOKEN, or --token, to the one the service was given.");
        }
        if (status >= 300 && status < 400) {
            return new Trouble(
                    Kind.NOT_GATEWATCH,
                    server + " sends elsewhere (" + status + "): use --url "
                            + (location == null ? "with that address." : Fields.clean(location)));
        }
        if (status >= 500 || status == 429) {
            return new Trouble(Kind.REFUSED, server + " cannot answer at the moment (HTTP " + status + ").");
        }
        return new Trouble(
                Kind.NOT_GATEWATCH,
                server + " answers, but not as a Gatewatch does (HTTP " + status + "). Check --url.");
    }

    static Trouble notGatewatch(ServerAddress server, String what) {
        return new Trouble(
                Kind.NOT_GATEWATCH, server + " answers, but not as a Gatewatch does (" + what + "). Check --url.");
    }

    private static Trouble tls(IOException failure, ServerAddress server) {
        String words = words(failure);
        String remedy = words.contains("Unrecognized") || words.contains("Unsupported or unrecognized SSL message")
                ? "Does it speak http instead of https?"
                : "If the certificate is your own, name a trust store: java -Djavax.net.ssl.trustStore=…";
        return new Trouble(Kind.TLS, "No secure connection to " + server + " (" + words + "). " + remedy);
    }

    private static String words(IOException failure) {
        String message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : Fields.clean(message.lines().findFirst().orElse(""));
    }
}
