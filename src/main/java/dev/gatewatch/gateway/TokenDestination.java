package dev.gatewatch.gateway;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Which of the addresses that a gateway is said to have can be connected to: the token is sent there. */
final class TokenDestination {

    private TokenDestination() {}

    /**
     * Whether it is a WebSocket URL with a host; with {@code tls} only one that is encrypted. A host with an underscore is none: Netty
     * sends no handshake there.
     */
    static boolean isUsable(@Nullable String url, boolean tls) {
        if (url == null) {
            return false;
        }
        try {
            URI uri = new URI(url);
            boolean secure = "wss".equalsIgnoreCase(uri.getScheme());
            return uri.getHost() != null && (secure || (!tls && "ws".equalsIgnoreCase(uri.getScheme())));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Whether what an address leads to has to be encrypted since the address itself is. */
    static boolean demandsTls(String address) {
        return address.regionMatches(true, 0, "https:", 0, 6) || address.regionMatches(true, 0, "wss:", 0, 4);
    }
}
