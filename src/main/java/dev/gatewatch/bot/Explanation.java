package dev.gatewatch.bot;

import dev.gatewatch.gateway.ConnectionEnded;
import dev.gatewatch.history.HistoryUnavailableException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What a user is told about an error, and how it counts: what happened, and what they can do; never what only a developer
 * understands.
 *
 * @param outcome how it counts
 * @param text for the user
 */
record Explanation(Outcome outcome, String text) {

    private static final String RETRY = "Please try again in a few minutes.";

    /**
     * Explains an error.
     *
     * @param reference under which the log has the cause
     */
    static Explanation of(Throwable error, String reference) {
        if (error instanceof RefusedException refused) {
            return new Explanation(refused.outcome(), words(refused));
        }
        if (error instanceof WrongInputException) {
            return new Explanation(Outcome.WRONG_INPUT, "That input does not work: " + words(error));
        }
        if (error instanceof OverloadedException) {
            return new Explanation(
                    Outcome.OVERLOADED,
                    "Too many people are using this command right now. Please try again in a moment.");
        }
        if (error instanceof Overdue) {
            return new Explanation(
                    Outcome.TIMEOUT,
                    "That took too long, so it was given up. Please try again; if it happens again, tell the bot's operators the reference `"
                            + reference + "`.");
        }
        String away = away(error);
        if (away != null) {
            return new Explanation(
                    Outcome.UNAVAILABLE,
                    away + " " + RETRY + " (Reference for the bot's operators: `" + reference + "`)");
        }
        int code = RestError.code(error);
        if (code == RestError.MISSING_PERMISSIONS || code == RestError.MISSING_ACCESS) {
            return new Explanation(
                    Outcome.BOT_MISSING_PERMISSION,
                    "Discord does not allow me to do that here. Please ask a server admin to check my role's permissions. (Reference: `"
                            + reference + "`)");
        }
        return new Explanation(
                Outcome.FAILED,
                "Something went wrong on our side, not on yours. If it happens again, tell the bot's operators the reference `"
                        + reference + "`.");
    }

    /** What is out of reach; null when nothing is. */
    private static @Nullable String away(Throwable error) {
        if (error instanceof UnavailableException) {
            return words(error) + " is not available at the moment.";
        }
        if (error instanceof HistoryUnavailableException) {
            return "The history is not available at the moment.";
        }
        int status = RestError.status(error);
        if (status == 429) {
            return "Discord asks me to slow down.";
        }
        boolean network = error instanceof IOException || error instanceof TimeoutException;
        return status >= 500 || network || error instanceof ConnectionEnded
                ? "This is not available during an outage: Discord, or another service it needs, does not answer."
                : null;
    }

    private static String words(Throwable error) {
        String message = error.getMessage();
        return message == null || message.isBlank() ? "no reason was given." : message;
    }

    /** A handler did not end within its deadline. */
    static final class Overdue extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Overdue(String message) {
            super(message, null, false, false);
        }
    }
}
