package dev.gatewatch.connection;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why a connection, or an attempt at one, ended.
 *
 * @param kind what happened
 * @param code the close code or HTTP status, where there was one
 * @param message what happened in one line, without any secret
 * @param retryAfter how long the other side asked us to wait, if it did
 * @param silence with {@link Kind#ZOMBIE}, how long there had been no sign of life when it was found dead: no frame, or no ACK among them
 */
public record Failure(
        Kind kind,
        @Nullable Integer code,
        String message,
        @Nullable Duration retryAfter,
        @Nullable Duration silence) {

    public Failure {
        Objects.requireNonNull(kind);
        message = ForeignText.clean(message);
    }

    /** A failure of any kind but a zombie. */
    public Failure(Kind kind, @Nullable Integer code, String message, @Nullable Duration retryAfter) {
        this(kind, code, message, retryAfter, null);
    }

    /** A failure that has neither a code nor a wait. */
    public static Failure of(Kind kind, String message) {
        return new Failure(kind, null, message, null);
    }

    /** An open connection was found dead after so much silence. */
    public static Failure zombie(Duration silence, String message) {
        return new Failure(Kind.ZOMBIE, null, message, null, silence);
    }

    /** The other side closed with a code; its reason may be empty. */
    public static Failure closed(int code, String reason) {
        String name = CloseCode.describe(code);
        boolean repeats =
                reason.isBlank() || reason.strip().replaceAll("\\.$", "").equalsIgnoreCase(name);
        return new Failure(
                Kind.CLOSED, code, "Closed with " + code + " (" + name + ")" + (repeats ? "" : ": " + reason), null);
    }

    /** Discord's REST API answered with a status other than 2xx. */
    public static Failure http(int status, String message, @Nullable Duration retryAfter) {
        Kind kind =
                switch (status) {
                    case 401 -> Kind.UNAUTHORIZED;
                    case 429 -> Kind.RATE_LIMITED;
                    default -> Kind.HTTP_STATUS;
                };
        return new Failure(kind, status, message, retryAfter);
    }

    /** Whether Discord said that the token is not valid: nothing may be sent with it any more. */
    public boolean refusesToken() {
        return kind == Kind.UNAUTHORIZED
                || (kind == Kind.CLOSED && code != null && code == CloseCode.AUTHENTICATION_FAILED.code());
    }

    /** Whether an operator should count it as an error: everything but an orderly end. */
    public boolean isError() {
        return switch (kind) {
            case RECONNECT_REQUESTED, OPERATOR, SHUTDOWN -> false;
            case CLOSED -> code == null || (code != 1000 && code != 1001);
            default -> true;
        };
    }

    /** The kinds of failure, and who ended the connection in each. */
    public enum Kind {
        /** A close frame with a code arrived. */
        CLOSED(Side.DISCORD),
        /** The socket ended without a close frame. */
        CLOSED_WITHOUT_CODE(Side.NETWORK),
        /** An I/O error on an open socket, a TCP reset for example. */
        CONNECTION_LOST(Side.NETWORK),
        /** Op 7. */
        RECONNECT_REQUESTED(Side.DISCORD),
        /** Op 9 with {@code d: true}: the session may be resumed on a new connection. */
        SESSION_INTERRUPTED(Side.DISCORD),
        /** Op 9 with {@code d: false}: the session is gone, or the IDENTIFY was refused. */
        SESSION_INVALIDATED(Side.DISCORD),
        /** The gateway's name could not be resolved. */
        NAME_RESOLUTION(Side.NETWORK),
        /** TCP could not be connected: refused, unreachable. */
        CONNECT(Side.NETWORK),
        /** The proxy was reached, and did not connect to the gateway: it refused, or fell silent. */
        PROXY(Side.NETWORK),
        /** The TLS handshake failed. */
        TLS(Side.NETWORK),
        /** The HTTP upgrade to a WebSocket was refused. */
        UPGRADE(Side.DISCORD),
        /** TCP, TLS, upgrade and HELLO together took longer than allowed. */
        HELLO_TIMEOUT(Side.GATEWATCH),
        /** READY did not come in time after IDENTIFY. */
        READY_TIMEOUT(Side.GATEWATCH),
        /** RESUMED did not come in time after RESUME. */
        RESUMED_TIMEOUT(Side.GATEWATCH),
        /** The connection is open but silent, or its heartbeats are no longer acknowledged. */
        ZOMBIE(Side.GATEWATCH),
        /** What arrived could not be read: malformed JSON, a corrupt zlib stream. */
        PROTOCOL(Side.GATEWATCH),
        /** HTTP 401: the token is not valid. */
        UNAUTHORIZED(Side.DISCORD),
        /** HTTP 429. */
        RATE_LIMITED(Side.DISCORD),
        /** Any other HTTP answer that is not the one asked for. */
        HTTP_STATUS(Side.DISCORD),
        /** The REST API did not answer in time. */
        HTTP_TIMEOUT(Side.NETWORK),
        /** No IDENTIFY is left in today's budget. */
        BUDGET(Side.GATEWATCH),
        /** A setting that only a person can repair, the missing token for example. */
        CONFIGURATION(Side.GATEWATCH),
        /** An operator asked for it. */
        OPERATOR(Side.GATEWATCH),
        /** The service is being shut down. */
        SHUTDOWN(Side.GATEWATCH),
        /** A defect of ours. */
        INTERNAL(Side.GATEWATCH);

        private final Side side;

        Kind(Side side) {
            this.side = side;
        }

        /** Who ended the connection. */
        public Side side() {
            return side;
        }
    }

    /** Who ended a connection. */
    public enum Side {
        DISCORD,
        NETWORK,
        GATEWATCH
    }
}
