package dev.gatewatch.gateway;

import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The URL to connect to, made from one that Discord or an operator's proxy handed out: its path and parameters stay, and the
 * parameters that Discord4J speaks are ours.
 *
 * <p>See [Discord Docs/Gateway/Connecting].
 */
final class GatewayUrl {

    /** The version, encoding and compression that Discord4J speaks. */
    static final String QUERY = "v=10&encoding=json&compress=zlib-stream";

    private static final Set<String> OURS = Set.of("v", "encoding", "compress");

    private GatewayUrl() {}

    /** The same place with our parameters. */
    static String of(String handedOut) {
        URI url = URI.create(handedOut);
        String path = Optional.ofNullable(url.getRawPath())
                .filter(given -> !given.isEmpty())
                .orElse("/");
        return url.getScheme() + "://" + url.getRawAuthority() + path + "?" + query(url);
    }

    private static String query(URI url) {
        Stream<String> others = Optional.ofNullable(url.getRawQuery()).stream()
                .flatMap(query -> Arrays.stream(query.split("&")))
                .filter(parameter ->
                        !parameter.isEmpty() && !OURS.contains(parameter.split("=", 2)[0]));
        return Stream.concat(Stream.of(QUERY), others).collect(Collectors.joining("&"));
    }
}
