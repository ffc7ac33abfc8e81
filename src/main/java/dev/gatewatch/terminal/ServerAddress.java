package dev.gatewatch.terminal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a Gatewatch answers: scheme, host, port, and the path before its own paths if a proxy puts one there. */
public final class ServerAddress {

    private static final List<String> OWN_PATHS = List.of("/discord-status/stream", "/discord-status", "/health");

    private final String base;

    private ServerAddress(String base) {
        this.base = base;
    }

    /**
     * Reads an address such as {@code http://localhost:5000}.
     *
     * @throws IllegalArgumentException when it is none; the message says what is expected
     */
    public static ServerAddress parse(String text) {
        String base = text.strip();
        URI uri = uri(base);
        String scheme = uri == null ? null : uri.getScheme();
        if (uri == null || scheme == null || !hasHost(uri) || !scheme.matches("(?i)https?")) {
            throw new IllegalArgumentException("an address such as http://localhost:5000 or https://bot.example.org");
        }
        if (uri.getRawAuthority().indexOf('@') >= 0) {
            throw new IllegalArgumentException("an address without a user and a password: see --token");
        }
        if (uri.getQuery() != null || uri.getFragment() != null) {
            throw new IllegalArgumentException("an address without \"?\" and \"#\"");
        }
        for (String path : OWN_PATHS) {
            if (base.endsWith(path)) {
                return new ServerAddress(trimmed(base.substring(0, base.length() - path.length())));
            }
        }
        return new ServerAddress(trimmed(base));
    }

    /** The address of one of the server's paths. */
    URI path(String path) {
        return URI.create(base + path);
    }

    @Override
    public String toString() {
        return base;
    }

    /** A name with an underscore, as containers may have, is a host; for {@link URI} alone it is none. */
    private static boolean hasHost(URI uri) {
        String authority = uri.getRawAuthority();
        return authority != null
                && URI.create("any://" + authority.replace('_', 'x')).getHost() != null;
    }

    private static @Nullable URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static String trimmed(String base) {
        return base.endsWith("/") ? trimmed(base.substring(0, base.length() - 1)) : base;
    }
}
