package dev.gatewatch.connection;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Discord's gateway close event codes, one row per row of its table, in its order.
 *
 * <p>Three rules cover what the table does not list, see {@link #recoveryFor}: a code of 4000 or above that is not
 * listed, a code below 4000, and no code at all.
 *
 * <p>See [Discord Docs/Opcodes and Status Codes/Gateway Close Event Codes].
 */
public enum CloseCode {
    // spotless:off
    UNKNOWN_ERROR         (4000, "Unknown error",         true,  Recovery.RESUME),
    UNKNOWN_OPCODE        (4001, "Unknown opcode",        true,  Recovery.RESUME),
    DECODE_ERROR          (4002, "Decode error",          true,  Recovery.RESUME),
    NOT_AUTHENTICATED     (4003, "Not authenticated",     true,  Recovery.RESUME),   // before IDENTIFY there is no session: the supervisor then identifies
    AUTHENTICATION_FAILED (4004, "Authentication failed", false, Recovery.STOP),
    ALREADY_AUTHENTICATED (4005, "Already authenticated", true,  Recovery.RESUME),
    INVALID_SEQ           (4007, "Invalid seq",           true,  Recovery.IDENTIFY), // "Reconnect and start a new session": a resume would be refused
    RATE_LIMITED          (4008, "Rate limited",          true,  Recovery.RESUME),
    SESSION_TIMED_OUT     (4009, "Session timed out",     true,  Recovery.IDENTIFY), // "Reconnect and start a new one": a resume would be refused
    INVALID_SHARD         (4010, "Invalid shard",         false, Recovery.STOP),
    SHARDING_REQUIRED     (4011, "Sharding required",     false, Recovery.STOP),
    INVALID_API_VERSION   (4012, "Invalid API version",   false, Recovery.STOP),
    INVALID_INTENTS       (4013, "Invalid intent(s)",     false, Recovery.STOP),
    DISALLOWED_INTENTS    (4014, "Disallowed intent(s)",  false, Recovery.STOP);
    // spotless:on

    private static final Map<Integer, CloseCode> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(CloseCode::code, Function.identity()));

    private final int code;
    private final String description;
    private final boolean reconnect;
    private final Recovery recovery;

    CloseCode(int code, String description, boolean reconnect, Recovery recovery) {
        this.code = code;
        this.description = description;
        this.reconnect = reconnect;
        this.recovery = recovery;
    }

    /** Finds the row of a code; empty when Discord does not list it. */
    public static Optional<CloseCode> of(int code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    /**
     * What to do after the other side closed with this code.
     *
     * <ul>
     *   <li>listed: as its row says;
     *   <li>unlisted, 4000 or above: {@link Recovery#RESUME}, since Discord adds codes that allow reconnecting more often than
     *       fatal ones, and a refused resume costs no IDENTIFY;
     *   <li>below 4000, 1000 and 1001 included: {@link Recovery#RESUME}. Only <em>our</em> 1000 or 1001 ends a session.
     * </ul>
     */
    public static Recovery recoveryFor(int code) {
        return of(code).map(CloseCode::recovery).orElse(Recovery.RESUME);
    }

    /** What to do when the socket ended without a close code: {@link Recovery#RESUME}. */
    public static Recovery recoveryWithoutCode() {
        return Recovery.RESUME;
    }

    /** A name for any code: Discord's description, the WebSocket standard's, or "Unlisted close code". */
    public static String describe(int code) {
        return of(code).map(CloseCode::description).orElseGet(() -> describeStandard(code));
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** Discord's words for it. */
    public String description() {
        return description;
    }

    /** Discord's "Reconnect" column. */
    public boolean reconnect() {
        return reconnect;
    }

    /** Ours: how to recover. */
    public Recovery recovery() {
        return recovery;
    }

    /** See [RFC 6455, section 7.4.1] and the IANA registry of WebSocket close codes. */
    private static String describeStandard(int code) {
        return switch (code) {
            case 1000 -> "Normal closure";
            case 1001 -> "Going away";
            case 1002 -> "Protocol error";
            case 1003 -> "Unsupported data";
            case 1006 -> "Abnormal closure";
            case 1007 -> "Invalid payload data";
            case 1008 -> "Policy violation";
            case 1009 -> "Message too big";
            case 1010 -> "Mandatory extension";
            case 1011 -> "Internal error";
            case 1012 -> "Service restart";
            case 1013 -> "Try again later";
            case 1014 -> "Bad gateway";
            default -> "Unlisted close code";
        };
    }
}
