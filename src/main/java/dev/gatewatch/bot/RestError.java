package dev.gatewatch.bot;

import discord4j.rest.http.client.ClientException;

/**
 * The codes with which Discord refuses requests, as far as they are treated apart.
 *
 * <p>See [Discord Docs/Opcodes and Status Codes: JSON Error Codes].
 */
final class RestError {

    static final int UNKNOWN_WEBHOOK = 10015;
    static final int UNKNOWN_INTERACTION = 10062;
    static final int ALREADY_ACKNOWLEDGED = 40060;
    static final int MISSING_ACCESS = 50001;
    static final int MISSING_PERMISSIONS = 50013;
    static final int INVALID_WEBHOOK_TOKEN = 50027;

    private RestError() {}

    /** The code of a refusal, 0 when there is none or it is something else. */
    static int code(Throwable error) {
        if (error instanceof ClientException refusal) {
            return refusal.getErrorResponse()
                    .map(response -> response.getFields().get("code"))
                    .filter(Integer.class::isInstance)
                    .map(Integer.class::cast)
                    .orElse(0);
        }
        return 0;
    }

    /** The HTTP status of a refusal, 0 when it is something else. */
    static int status(Throwable error) {
        return error instanceof ClientException refusal ? refusal.getStatus().code() : 0;
    }

    /** What became of an answer that Discord did not take. */
    static Outcome undelivered(Throwable error) {
        return switch (code(error)) {
            case UNKNOWN_INTERACTION, UNKNOWN_WEBHOOK, INVALID_WEBHOOK_TOKEN -> Outcome.EXPIRED;
            case ALREADY_ACKNOWLEDGED -> Outcome.ALREADY_ACKNOWLEDGED;
            case MISSING_PERMISSIONS, MISSING_ACCESS -> Outcome.BOT_MISSING_PERMISSION;
            default -> status(error) == 429 ? Outcome.RATE_LIMITED : Outcome.UNDELIVERED;
        };
    }
}
