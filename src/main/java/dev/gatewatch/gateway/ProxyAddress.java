package dev.gatewatch.gateway;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.netty.transport.ProxyProvider;

/**
 * Where a proxy is, and who may use it.
 *
 * @param user null for a proxy that asks for nobody's name
 */
record ProxyAddress(
        String host,
        int port,
        @Nullable String user,
        @Nullable String password) {

    private static final int HTTP_PORT = 80;

    /** Reads {@code http://user:password@host:port}, whose scheme may be missing; empty for anything else. */
    static Optional<ProxyAddress> parse(String text) {
        try {
            URI uri = URI.create(text.contains("://") ? text : "http://" + text);
            Optional<HostAndPort> place =
                    "http".equals(uri.getScheme().toLowerCase(Locale.ROOT)) ? HostAndPort.of(uri) : Optional.empty();
            return place.map(there -> at(there, login(uri)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static ProxyAddress at(HostAndPort place, String[] login) {
        return new ProxyAddress(
                place.host(),
                place.port() < 0 ? HTTP_PORT : place.port(),
                login.length > 0 ? login[0] : null,
                login.length > 1 ? login[1] : null);
    }

    /** Its user and password, if there are any. */
    private static String[] login(URI uri) {
        String authority = uri.getRawAuthority();
        String user = HostAndPort.hasUser(uri) ? authority.substring(0, authority.indexOf('@')) : "";
        String decoded = URI.create("http://" + user + "@host").getUserInfo();
        return decoded == null || decoded.isEmpty() ? new String[0] : decoded.split(":", 2);
    }

    /** Describes it to reactor-netty. */
    void describe(ProxyProvider.TypeSpec spec) {
        ProxyProvider.Builder builder =
                spec.type(ProxyProvider.Proxy.HTTP).host(host).port(port);
        if (user != null) {
            builder.username(user).password(name -> password == null ? "" : password);
        }
    }

    /** Never the password. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
