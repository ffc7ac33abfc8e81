package dev.gatewatch.api;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Singleton;

/**
 * Where the current request comes from.
 *
 * <p>That is the connection's other end. Headers such as X-Forwarded-For count only when Quarkus is told to believe them
 * ({@code QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING=true}), since everybody can write them.
 */
@Singleton
final class ClientAddress {

    static final String UNKNOWN = "unknown";

    private final CurrentVertxRequest request;

    ClientAddress(CurrentVertxRequest request) {
        this.request = request;
    }

    /** The address of the request that is being answered on this thread. */
    String current() {
        return of(request.getCurrent().request());
    }

    static String of(HttpServerRequest request) {
        SocketAddress address = request.remoteAddress();
        if (address == null) {
            return UNKNOWN;
        }
        String host = address.hostAddress() == null ? address.host() : address.hostAddress();
        return host == null ? UNKNOWN : host;
    }
}
