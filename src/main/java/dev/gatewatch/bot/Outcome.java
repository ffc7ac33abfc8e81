package dev.gatewatch.bot;

import java.util.Locale;

/** How the use of a command ended; the names, in lower case, are metrics. */
enum Outcome {
    SUCCESS(false),
    /** The user used it again too soon. */
    COOLDOWN(false),
    /** The user lacks a permission. */
    MISSING_PERMISSION(false),
    /** The user gave something it cannot use. */
    WRONG_INPUT(false),
    /** It is registered with Discord, but nobody here handles it. */
    UNKNOWN_COMMAND(false),
    /** The bot lacks a permission, as Discord says (50013, 50001) or is known beforehand. */
    BOT_MISSING_PERMISSION(true),
    /** Discord, the database or something else does not answer. */
    UNAVAILABLE(true),
    /** Too many uses at once. */
    OVERLOADED(true),
    /** The handler took too long. */
    TIMEOUT(true),
    /** The handler failed: a fault of ours. */
    FAILED(true),
    /** Discord no longer knows the interaction (10062), or its token (50027, 10015): the user could not be told anything. */
    EXPIRED(true),
    /** Somebody else has answered it (40060): a second process with the same token, most likely. */
    ALREADY_ACKNOWLEDGED(true),
    /** Discord asked for a longer pause (429) than the user could wait. */
    RATE_LIMITED(true),
    /** The answer could not be delivered: the network, or Discord's REST API. */
    UNDELIVERED(true);

    private final boolean error;

    Outcome(boolean error) {
        this.error = error;
    }

    /** Whether an operator should count it as an error. */
    boolean isError() {
        return error;
    }

    /** The tag in the metrics. */
    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
