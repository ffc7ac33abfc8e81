package dev.gatewatch.gateway;

import io.netty.resolver.NoopAddressResolverGroup;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.netty.tcp.TcpClient;

/**
 * The proxy between this process and the internet, as a company has it: {@code https} and {@code wss} go through it by CONNECT, and it
 * resolves their names.
 *
 * <p>It is set as for other programs: by {@code -Dhttps.proxyHost}, {@code -Dhttps.proxyPort} and {@code -Dhttp.nonProxyHosts}, or by the
 * environment variables {@code HTTPS_PROXY} and {@code NO_PROXY}, in upper or lower case. Loopback is always reached directly.
 */
public final class ForwardProxy {

    private static final int JAVA_DEFAULT_PORT = 443;
    private static final String EXPECTED =
            "http://host:port, or http://user:password@host:port with special characters" + " percent-encoded";

    private final @Nullable ProxyAddress address;
    private final ProxyExclusions exclusions;
    private final @Nullable String problem;

    private ForwardProxy(@Nullable ProxyAddress address, ProxyExclusions exclusions, @Nullable String problem) {
        this.address = address;
        this.exclusions = exclusions;
        this.problem = problem;
    }

    /** What this process is started with. */
    public static ForwardProxy configured() {
        return of(System.getenv(), System::getProperty);
    }

    static ForwardProxy of(Map<String, String> environment, Function<String, @Nullable String> properties) {
        String host = blankToNull(properties.apply("https.proxyHost"));
        if (host != null) {
            return ofProperties(host, properties);
        }
        ProxyExclusions exclusions =
                ProxyExclusions.ofNoProxy(variable(environment, "NO_PROXY").orElse(""));
        Optional<String> url = variable(environment, "HTTPS_PROXY");
        Optional<ProxyAddress> address = url.flatMap(ProxyAddress::parse);
        String problem = url.isPresent() && address.isEmpty()
                ? "HTTPS_PROXY is not used, and connections are made directly: expected " + EXPECTED
                : null;
        return new ForwardProxy(address.orElse(null), exclusions, problem);
    }

    /** What to tell at the start: that there is a proxy, without its password. */
    public Optional<String> summary() {
        return Optional.ofNullable(address).map(proxy -> "https and wss go through the proxy " + proxy);
    }

    /** What is wrong with the settings. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** The client as it must be for this target; one whose target needs no proxy of ours is given back as it is. */
    public HttpClient toward(String target, HttpClient client) {
        ProxyAddress proxy = address;
        Optional<URI> secure = secure(target);
        if (proxy == null || secure.isEmpty()) {
            return client;
        }
        return exclusions.include(secure.get())
                ? client.noProxy()
                : client.resolver(NoopAddressResolverGroup.INSTANCE)
                        .proxy(proxy::describe)
                        .mapConnect(ForwardProxy::offThisThread);
    }

    /** Connects bare TCP as this target needs it. */
    Mono<Connection> connect(String target, TcpClient client) {
        ProxyAddress proxy = address;
        boolean direct =
                proxy == null || secure(target).map(exclusions::include).orElse(true);
        if (proxy == null || direct) {
            return client.connect().cast(Connection.class);
        }
        TcpClient through = client.resolver(NoopAddressResolverGroup.INSTANCE).proxy(proxy::describe);
        return offThisThread(Mono.defer(through::connect));
    }

    /** Reactor-netty looks the proxy's name up before it connects, and blocks for as long as DNS takes. */
    private static Mono<Connection> offThisThread(Mono<? extends Connection> connect) {
        return connect.cast(Connection.class).subscribeOn(Schedulers.boundedElastic());
    }

    /** Never the password. */
    @Override
    public String toString() {
        return "ForwardProxy[" + (address == null ? "none" : address) + "]";
    }

    private static ForwardProxy ofProperties(String host, Function<String, @Nullable String> properties) {
        String port = blankToNull(properties.apply("https.proxyPort"));
        String excluded = Stream.of("http.nonProxyHosts", "https.nonProxyHosts")
                .map(properties)
                .flatMap(Stream::ofNullable)
                .reduce("", (all, more) -> all + "|" + more);
        try {
            ProxyAddress address = new ProxyAddress(
                    host,
                    port == null ? JAVA_DEFAULT_PORT : Integer.parseInt(port),
                    blankToNull(properties.apply("https.proxyUser")),
                    blankToNull(properties.apply("https.proxyPassword")));
            return new ForwardProxy(address, ProxyExclusions.ofNonProxyHosts(excluded), null);
        } catch (NumberFormatException e) {
            return new ForwardProxy(
                    null,
                    ProxyExclusions.ofNoProxy(""),
                    "https.proxyHost is not used, and connections are made directly: https.proxyPort should be a number");
        }
    }

    private static Optional<URI> secure(String target) {
        try {
            URI uri = URI.create(target);
            boolean secure = uri.getScheme() != null
                    && List.of("https", "wss").contains(uri.getScheme().toLowerCase(Locale.ROOT))
                    && HostAndPort.of(uri).isPresent();
            return secure ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // whoever connects says what is wrong with it
        }
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Stream.of(name.toLowerCase(Locale.ROOT), name)
                .map(environment::get)
                .flatMap(value -> Stream.ofNullable(blankToNull(value)))
                .findFirst();
    }

    private static @Nullable String blankToNull(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }
}
