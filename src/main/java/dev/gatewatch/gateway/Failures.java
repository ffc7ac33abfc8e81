package dev.gatewatch.gateway;

import dev.gatewatch.connection.Failure;
import dev.gatewatch.connection.Failure.Kind;
import discord4j.common.close.CloseException;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.timeout.TimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.PrematureCloseException;

/** Reads the {@link Failure} out of whatever exception a connection attempt ended with. */
final class Failures {

    private static final int ABNORMAL = 1006;

    private Failures() {}

    /** The failure behind an exception: the first cause in its chain that says something specific. */
    static Failure of(Throwable thrown) {
        Optional<Failure> proxy = ofProxy(thrown);
        if (proxy.isPresent()) {
            return proxy.get(); // whatever broke above the connection that was never made
        }
        Failure generic = null;
        for (Throwable cause = thrown; cause != null; cause = next(cause)) {
            Optional<Failure> specific = specific(cause);
            if (specific.isPresent()) {
                return specific.get();
            }
            if (cause instanceof IOException && generic == null) {
                generic = Failure.of(Kind.CONNECTION_LOST, "The connection was lost: " + describe(cause));
            }
        }
        return generic != null ? generic : Failure.of(Kind.INTERNAL, "Unexpected " + describe(thrown));
    }

    /** A proxy that refuses is no proxy that cannot be reached: nobody knocks on it with the wrong password. */
    private static Optional<Failure> ofProxy(Throwable thrown) {
        return causes(thrown)
                .filter(ProxyConnectException.class::isInstance)
                .findFirst()
                .map(refusal -> Failure.of(
                        causes(refusal).anyMatch(Failures::isUnreachable) ? Kind.CONNECT : Kind.PROXY,
                        "The proxy of HTTPS_PROXY or https.proxyHost did not make the connection: "
                                + describe(refusal)));
    }

    private static boolean isUnreachable(Throwable cause) {
        return kind(cause) == Kind.CONNECT && !(cause instanceof ProxyConnectException);
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Failures::next);
    }

    private static Optional<Failure> specific(Throwable cause) {
        if (cause instanceof ConnectionEnded ended) {
            return Optional.of(ended.failure());
        }
        if (cause instanceof CloseException close) {
            return Optional.of(closed(close));
        }
        if (cause instanceof WebSocketClientHandshakeException refused && refused.response() != null) {
            return Optional.of(refusedUpgrade(refused.response()));
        }
        return Optional.ofNullable(kind(cause))
                .map(kind -> Failure.of(kind, words(kind) + describe(cause) + clock(cause)));
    }

    /** A certificate that is not valid yet, or no more, is as often a clock that is wrong. */
    private static String clock(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = next(cause)) {
            if (cause instanceof CertificateNotYetValidException || cause instanceof CertificateExpiredException) {
                String validity = cause instanceof CertificateExpiredException ? "has expired" : "is not valid yet";
                return ". The certificate " + validity + " (" + describe(cause) + "), while this machine's clock says "
                        + Instant.now().truncatedTo(ChronoUnit.SECONDS) + ": check the clock first";
            }
        }
        return "";
    }

    /** Discord4J says 1006, or less than 0, when there was no close frame. */
    private static Failure closed(CloseException close) {
        return close.getCode() <= 0 || close.getCode() == ABNORMAL
                ? Failure.of(Kind.CLOSED_WITHOUT_CODE, "The connection ended without a close code")
                : Failure.closed(close.getCode(), close.getReason().orElse(""));
    }

    private static Failure refusedUpgrade(HttpResponse response) {
        int status = response.status().code();
        String message = "The upgrade to a WebSocket was refused with HTTP " + status;
        return status == HttpResponseStatus.TOO_MANY_REQUESTS.code()
                ? Failure.http(status, message, RequestedPause.of(status, response.headers()))
                : new Failure(Kind.UPGRADE, status, message, null);
    }

    private static @Nullable Kind kind(Throwable cause) {
        if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
            return Kind.NAME_RESOLUTION;
        }
        if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
            return Kind.CONNECT;
        }
        if (cause instanceof TimeoutException) {
            return Kind.HTTP_TIMEOUT;
        }
        if (cause instanceof SSLException) {
            return Kind.TLS;
        }
        if (cause instanceof WebSocketHandshakeException || cause instanceof PrematureCloseException) {
            return Kind.UPGRADE;
        }
        if (cause instanceof CodecException || cause instanceof ZipException || cause instanceof DataFormatException) {
            return Kind.PROTOCOL;
        }
        return null;
    }

    private static String words(Kind kind) {
        return switch (kind) {
            case NAME_RESOLUTION -> "The name could not be resolved: ";
            case CONNECT -> "TCP could not be connected: ";
            case HTTP_TIMEOUT -> "No answer in time: ";
            case TLS -> "The TLS handshake failed: ";
            case UPGRADE -> "The upgrade to a WebSocket was refused: ";
            default -> "What arrived could not be read: ";
        };
    }

    private static String describe(Throwable thrown) {
        if (thrown instanceof UnresolvedAddressException) {
            return "that of the proxy of HTTPS_PROXY or https.proxyHost"; // all other names are looked up by Netty
        }
        String message = thrown.getMessage();
        return message == null || message.isBlank() ? thrown.getClass().getSimpleName() : message;
    }

    private static @Nullable Throwable next(Throwable thrown) {
        return thrown.getCause() == thrown ? null : thrown.getCause();
    }
}
