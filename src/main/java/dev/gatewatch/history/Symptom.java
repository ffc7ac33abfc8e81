package dev.gatewatch.history;

import dev.gatewatch.connection.CloseCode;
import dev.gatewatch.history.Verdict.Blame;

/**
 * What each kind of failure says about whose fault it is, one row each.
 *
 * <p>The names are those of {@link dev.gatewatch.connection.Failure.Kind}, except for what only the history knows. A weight of 5
 * settles the matter, 3 is strong, 1 is a hint. Close codes and HTTP statuses have rules of their own.
 */
enum Symptom {
    // spotless:off
    CLOSED_WITHOUT_CODE (Blame.NETWORK, 1, "the socket ended without a close frame, as a broken path does more often than Discord"),
    CONNECTION_LOST     (Blame.NETWORK, 2, "the open socket failed with an I/O error"),
    RECONNECT_REQUESTED (Blame.DISCORD, 4, "Discord asked for a reconnect (op 7), which it does for its own maintenance"),
    SESSION_INTERRUPTED (Blame.DISCORD, 3, "Discord interrupted the session (op 9, resumable)"),
    SESSION_INVALIDATED (Blame.DISCORD, 2, "Discord declared the session invalid (op 9)"),
    NAME_RESOLUTION     (Blame.NETWORK, 4, "Discord's name could not be resolved: DNS failed"),
    CONNECT             (Blame.NETWORK, 3, "TCP could not be connected"),
    PROXY               (Blame.NETWORK, 4, "the proxy of this network did not make the connection"),
    TLS                 (Blame.NETWORK, 3, "the TLS handshake failed, as it does behind an intercepting proxy or a captive network"),
    UPGRADE             (Blame.DISCORD, 3, "the host was reached, but refused the upgrade to a WebSocket"),
    HELLO_TIMEOUT       (Blame.NETWORK, 1, "no HELLO came in time; TCP, TLS and upgrade are part of that wait"),
    READY_TIMEOUT       (Blame.DISCORD, 3, "HELLO came but READY did not: the network worked, Discord did not answer"),
    RESUMED_TIMEOUT     (Blame.DISCORD, 2, "HELLO came but RESUMED did not: the network worked, Discord did not answer"),
    ZOMBIE              (Blame.NETWORK, 2, "the connection stayed open but fell silent"),
    PROTOCOL            (Blame.DISCORD, 1, "what arrived could not be read"),
    HTTP_TIMEOUT        (Blame.NETWORK, 2, "Discord's REST API did not answer in time"),
    UNAUTHORIZED        (Blame.US,      5, "Discord's REST API refused the token (HTTP 401)"),
    RATE_LIMITED        (Blame.US,      3, "Discord's REST API asked this bot for a pause (HTTP 429)"),
    BUDGET              (Blame.US,      5, "the day's IDENTIFYs were used up"),
    CONFIGURATION       (Blame.US,      5, "a setting was missing or wrong"),
    OPERATOR            (Blame.US,      5, "an operator stopped it"),
    SHUTDOWN            (Blame.US,      5, "Gatewatch was shut down"),
    INTERNAL            (Blame.US,      4, "Gatewatch failed by a defect of its own"),
    PROCESS_DOWN        (Blame.US,      5, "Gatewatch itself did not run: killed, crashed, frozen, or its machine was suspended or gone");
    // spotless:on

    private final Blame blame;
    private final int weight;
    private final String sentence;

    Symptom(Blame blame, int weight, String sentence) {
        this.blame = blame;
        this.weight = weight;
        this.sentence = sentence;
    }

    /** What a failure says, by its key in {@link FailureCounts}. */
    static Sign of(String key) {
        int colon = key.indexOf(':');
        String kind = colon < 0 ? key : key.substring(0, colon);
        int code = colon < 0 ? 0 : Integer.parseInt(key.substring(colon + 1));
        return switch (kind) {
            case "CLOSED" -> closed(code);
            case "HTTP_STATUS" -> status(code);
            default -> listed(kind);
        };
    }

    private static Sign listed(String kind) {
        for (Symptom symptom : values()) {
            if (symptom.name().equals(kind)) {
                return new Sign(symptom.blame, symptom.weight, symptom.sentence);
            }
        }
        return new Sign(Blame.UNKNOWN, 0, "a failure of kind " + kind + " occurred");
    }

    private static Sign closed(int code) {
        String words = "close code " + code + " (" + CloseCode.describe(code) + ")";
        if (code < 4000) {
            return new Sign(Blame.DISCORD, 3, "Discord ended the connection with " + words);
        }
        return switch (CloseCode.of(code).orElse(CloseCode.UNKNOWN_ERROR)) {
            case UNKNOWN_ERROR -> new Sign(Blame.DISCORD, 4, "Discord ended the connection with " + words);
            case SESSION_TIMED_OUT -> new Sign(Blame.NETWORK, 2, "Discord had not heard of us for too long: " + words);
            case INVALID_SEQ, RATE_LIMITED, UNKNOWN_OPCODE, DECODE_ERROR, NOT_AUTHENTICATED, ALREADY_AUTHENTICATED ->
                new Sign(Blame.US, 3, "Discord objected to what this client sent: " + words);
            case AUTHENTICATION_FAILED,
                    INVALID_SHARD,
                    SHARDING_REQUIRED,
                    INVALID_API_VERSION,
                    INVALID_INTENTS,
                    DISALLOWED_INTENTS -> new Sign(Blame.US, 5, "Discord refused the token or the settings: " + words);
        };
    }

    private static Sign status(int status) {
        return status >= 500
                ? new Sign(Blame.DISCORD, 5, "Discord's REST API answered HTTP " + status)
                : new Sign(Blame.DISCORD, 1, "Discord's REST API answered HTTP " + status + ", which was not expected");
    }

    /** What one piece of evidence says: whom it blames, how much, and in words. */
    record Sign(Blame blame, int weight, String sentence) {}
}
