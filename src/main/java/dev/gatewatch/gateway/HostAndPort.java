package dev.gatewatch.gateway;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * Where a URL leads to. A name with an underscore, as containers may have, is a host: {@link URI} alone sees none there.
 *
 * @param host as it stands in the URL; an IPv6 address in brackets
 * @param port -1 where the URL has none
 */
public record HostAndPort(String host, int port) {

    private static final int LARGEST_PORT = 65_535;

    /** Reads them; empty where there is no host, or the port is none. */
    public static Optional<HostAndPort> of(URI url) {
        String authority = url.getRawAuthority();
        if (authority == null) {
            return Optional.empty();
        }
        String place = authority.substring(authority.indexOf('@') + 1);
        try {
            URI plain = new URI("any://" + place.replace('_', 'x'));
            boolean usable = plain.getHost() != null
                    && plain.getRawUserInfo() == null // a second @
                    && plain.getPort() != 0
                    && plain.getPort() <= LARGEST_PORT;
            return usable
                    ? Optional.of(
                            new HostAndPort(place.substring(0, plain.getHost().length()), plain.getPort()))
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Whether a user's name, or a password, stands before the host. */
    public static boolean hasUser(URI url) {
        return url.getRawAuthority() != null && url.getRawAuthority().indexOf('@') >= 0;
    }
}
