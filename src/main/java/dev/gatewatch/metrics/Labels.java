package dev.gatewatch.metrics;

import dev.gatewatch.connection.CloseCode;
import dev.gatewatch.connection.Failure;
import java.util.Locale;
import java.util.Set;

/** Turns what comes from the wire, where anything may come, into labels with few values. */
final class Labels {

    static final String OTHER = "other";

    /** Where there is no code. */
    static final String NONE = "none";

    private static final int FIRST_STANDARD_CODE = 1000;
    private static final int LAST_STANDARD_CODE = 1014;
    private static final int LAST_OPCODE = 99;

    /** The statuses of [Discord Docs/Opcodes and Status Codes/HTTP Response Codes], and what proxies on the way answer. */
    private static final Set<Integer> STATUSES = Set.of(
            200, 201, 204, 301, 302, 304, 307, 308, 400, 401, 403, 404, 405, 409, 413, 429, 500, 502, 503, 504, 520,
            521, 522, 523, 524, 525, 526);

    private Labels() {}

    /** A close code of Discord's table or of the WebSocket standard, an HTTP status, "none" or "other". */
    static String code(Failure failure) {
        Integer code = failure.code();
        if (code == null) {
            return NONE;
        }
        return failure.kind() == Failure.Kind.CLOSED ? closeCode(code) : status(code);
    }

    /** An HTTP status that is used with Discord, or "other". */
    static String status(int status) {
        return STATUSES.contains(status) ? Integer.toString(status) : OTHER;
    }

    /** The name of an event that Discord documents, or "other". */
    static String event(String type) {
        return DiscordEvents.NAMES.contains(type) ? type : OTHER;
    }

    /** An opcode of the gateway, or "other". See [Discord Docs/Opcodes and Status Codes/Gateway]. */
    static String opcode(int opcode) {
        return opcode >= 0 && opcode <= LAST_OPCODE ? Integer.toString(opcode) : OTHER;
    }

    /** A constant as a label. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String closeCode(int code) {
        boolean listed = CloseCode.of(code).isPresent() || (code >= FIRST_STANDARD_CODE && code <= LAST_STANDARD_CODE);
        return listed ? Integer.toString(code) : OTHER;
    }
}
