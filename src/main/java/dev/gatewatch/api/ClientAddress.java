package dev.gatewatch.api;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Where the current request comes from.
 *
 * <p>That is the connection's other end. X-Forwarded-For counts only when Quarkus is told to believe it
 * ({@code QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING=true}), since everybody can write it. Its last address counts: the
 * believed proxy has added it, and what stands before it came from the proxy's client.
 */
@Singleton
final class ClientAddress {

    static final String UNKNOWN = "unknown";

    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f.:]{2,60}");
    private static final Pattern V4_WITH_PORT = Pattern.compile("([0-9.]+):[0-9]{1,5}");
    private static final Pattern V6_IN_BRACKETS = Pattern.compile("\\[(.+)](?::[0-9]{1,5})?");

    private final CurrentVertxRequest request;
    private final boolean proxyWritesForwarded;

    /** @param proxyWritesForwarded the proxy writes {@code Forwarded}; X-Forwarded-For then comes from its client */
    ClientAddress(
            CurrentVertxRequest request,
            @ConfigProperty(name = "quarkus.http.proxy.allow-forwarded", defaultValue = "false")
                    boolean proxyWritesForwarded) {
        this.request = request;
        this.proxyWritesForwarded = proxyWritesForwarded;
    }

    /** The address of the request that is being answered on this thread. */
    String current() {
        return of(request.getCurrent().request());
    }

    String of(HttpServerRequest request) {
        SocketAddress otherEnd = request.connection().remoteAddress();
        List<String> forwarded = request.headers().getAll("X-Forwarded-For");
        if (!forwarded.isEmpty() && !proxyWritesForwarded && isReplaced(request.remoteAddress(), otherEnd)) {
            String addresses = String.join(",", forwarded);
            String last = addresses.substring(addresses.lastIndexOf(',') + 1).strip();
            return withoutPort(last);
        }
        return otherEnd == null || otherEnd.hostAddress() == null ? UNKNOWN : otherEnd.hostAddress();
    }

    /** Some proxies add the client's port, which differs with each of its connections. */
    static String withoutPort(String entry) {
        String address = Stream.of(V4_WITH_PORT, V6_IN_BRACKETS)
                .map(form -> form.matcher(entry))
                .filter(Matcher::matches)
                .map(form -> form.group(1))
                .findFirst()
                .orElse(entry);
        return ADDRESS.matcher(address).matches() ? address : UNKNOWN;
    }

    /** By identity: a client can claim the address and the port of the connection's own other end. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isReplaced(@Nullable SocketAddress address, @Nullable SocketAddress otherEnd) {
        return address != otherEnd;
    }
}
