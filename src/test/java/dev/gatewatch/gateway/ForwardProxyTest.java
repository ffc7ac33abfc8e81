package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatewatch.FreePort;
import dev.gatewatch.connection.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.tcp.TcpClient;

class ForwardProxyTest {

    private static final String DISCORD = "https://discord.com/api/v10";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @ParameterizedTest
    @CsvSource({
        "HTTPS_PROXY, http://proxy.example:3128, proxy.example:3128",
        "https_proxy, http://proxy.example:3128/, proxy.example:3128",
        "HTTPS_PROXY, proxy.example:3128, proxy.example:3128",
        "HTTPS_PROXY, http://proxy.example, proxy.example:80",
        "HTTPS_PROXY, http://corp_proxy:3128, corp_proxy:3128",
        "HTTPS_PROXY, http://us_er:p_w@corp_proxy:3128, corp_proxy:3128",
        "HTTPS_PROXY, http://us%40er:p%3Ass@proxy.example:3128, proxy.example:3128"
    })
    void readsTheEnvironment(String variable, String value, String proxy) {
        assertThat(proxyOf(ForwardProxy.of(Map.of(variable, value), name -> null), DISCORD))
                .isEqualTo(proxy);
        assertThat(proxyOf(ForwardProxy.of(Map.of(variable, value), name -> null), "wss://gateway.discord.gg"))
                .isEqualTo(proxy);
    }

    @Test
    void systemPropertiesOutrankTheEnvironment() {
        ForwardProxy proxy = ForwardProxy.of(
                Map.of("HTTPS_PROXY", "http://environment:1", "NO_PROXY", "*"),
                Map.of(
                        "https.proxyHost", "properties",
                        "https.proxyPort", "3128",
                        "http.nonProxyHosts", "*.internal|relay")::get);

        assertThat(proxyOf(proxy, DISCORD)).isEqualTo("properties:3128");
        assertThat(proxyOf(proxy, "https://alerts.internal/hook")).isEqualTo("none");
        assertThat(proxyOf(proxy, "https://RELAY/hook")).isEqualTo("none");
        assertThat(proxyOf(proxy, "https://relay.example/hook")).isEqualTo("properties:3128");
    }

    @ParameterizedTest
    @CsvSource({
        "https://discord.com, *",
        "https://discord.com, 'example.org, discord.com'",
        "https://DISCORD.com, Discord.COM",
        "https://api.discord.com, discord.com",
        "https://api.discord.com, .discord.com",
        "https://api.discord.com, *.discord.com",
        "https://discord.com:8443, discord.com:8443",
        "https://discord.com, discord.com:443",
        "https://discord_api:8443, discord_api",
        "https://10.1.2.3, 10.1.2.3",
        "https://10.1.2.3, 10.0.0.0/8",
        "https://localhost:8443, ''",
        "https://127.0.0.2, ''",
        "https://[::1], ''"
    })
    void reachesDirectlyWhatIsExcluded(String target, String noProxy) {
        assertThat(proxyOf(withNoProxy(noProxy), target)).isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource({
        "https://discord.com, ''",
        "https://discord_api:8443, ''",
        "https://notdiscord.com, discord.com",
        "https://discord.com, discord.com:8443",
        "https://discord.com, 10.0.0.0/8",
        "https://11.1.2.3, 10.0.0.0/8",
        "https://discord.com, nonsense/99"
    })
    void leavesTheRestToTheProxy(String target, String noProxy) {
        assertThat(proxyOf(withNoProxy(noProxy), target)).isEqualTo("proxy:1");
    }

    @Test
    void hasNothingToDoWithPlainHttp() {
        assertThat(proxyOf(withNoProxy(""), "http://simulator:8765/api/v10")).isEqualTo("none");
        assertThat(proxyOf(withNoProxy(""), "ws://simulator:8765")).isEqualTo("none");
        assertThat(proxyOf(withNoProxy(""), "this is no URL")).isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource({"https://proxy:1", "socks5://proxy:1", "http://user:p@ss@proxy:1", "http://"})
    void saysThatItCannotUseAProxyOfAnotherForm(String value) {
        ForwardProxy proxy = ForwardProxy.of(Map.of("HTTPS_PROXY", value), name -> null);

        assertThat(proxyOf(proxy, DISCORD)).isEqualTo("none");
        assertThat(proxy.problem()).hasValueSatisfying(problem -> assertThat(problem)
                .contains("HTTPS_PROXY", "http://host:port")
                .doesNotContain("p@ss"));
    }

    @Test
    void tellsThatTheProxyRefused() throws IOException {
        try (ServerSocket refusing = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> refuse(refusing), "refusing-proxy");
            answering.start();
            ForwardProxy proxy = ForwardProxy.of(
                    Map.of("HTTPS_PROXY", "http://user:hush@127.0.0.1:" + refusing.getLocalPort()), name -> null);

            Throwable failure =
                    catchThrowable(() -> get(proxy, HttpClient.newConnection()).block(PATIENCE));

            assertThat(Failures.of(failure).kind()).isEqualTo(Failure.Kind.PROXY);
            assertThat(Failures.of(failure).message())
                    .contains("The proxy of HTTPS_PROXY", "127.0.0.1:" + refusing.getLocalPort(), "403 Forbidden")
                    .doesNotContain("hush");
        }
    }

    @Test
    void aProxyThatCannotBeReachedIsOneThatTcpCannotBeConnectedTo() {
        Throwable failure = catchThrowable(() -> get(proxyAt("127.0.0.1", FreePort.find()), HttpClient.newConnection())
                .block(PATIENCE));

        assertThat(Failures.of(failure).kind()).isEqualTo(Failure.Kind.CONNECT);
    }

    @Test
    void aProxyWhoseNameCannotBeResolvedIsNamed() {
        Throwable failure = catchThrowable(() ->
                get(proxyAt("no..such..name", 3128), HttpClient.newConnection()).block(PATIENCE));

        assertThat(Failures.of(failure).kind()).isEqualTo(Failure.Kind.NAME_RESOLUTION);
        assertThat(Failures.of(failure).message()).contains("the proxy of HTTPS_PROXY or https.proxyHost");
    }

    @Test
    void theThreadThatAsksDoesNotWaitForTheNameOfTheProxy() throws IOException {
        AtomicReference<String> thread = new AtomicReference<>("none");
        HttpClient client = HttpClient.newConnection()
                .mapConnect(connect -> Mono.defer(() -> {
                    thread.set(Thread.currentThread().getName());
                    return connect;
                }));

        onSupervision(get(proxyAt("127.0.0.1", FreePort.find()), client));

        assertThat(thread.get()).doesNotContain("supervision", "none");
    }

    @Test
    void theThreadThatKnocksDoesNotWaitForTheNameOfTheProxy() throws IOException {
        AtomicReference<String> thread = new AtomicReference<>("none");
        TcpClient client = TcpClient.newConnection().remoteAddress(() -> {
            thread.set(Thread.currentThread().getName());
            return InetSocketAddress.createUnresolved("discord.names.test", 443);
        });

        onSupervision(proxyAt("127.0.0.1", FreePort.find()).connect(DISCORD, client));

        assertThat(thread.get()).doesNotContain("supervision", "none");
    }

    private static void onSupervision(Mono<?> connection) {
        Scheduler supervision = Schedulers.newSingle("supervision");
        try {
            assertThat(catchThrowable(() -> connection.subscribeOn(supervision).block(PATIENCE)))
                    .isNotNull();
        } finally {
            supervision.dispose();
        }
    }

    private static ForwardProxy proxyAt(String host, int port) {
        return ForwardProxy.of(
                Map.of(), Map.of("https.proxyHost", host, "https.proxyPort", Integer.toString(port))::get);
    }

    private static Mono<HttpClientResponse> get(ForwardProxy proxy, HttpClient client) {
        return proxy.toward(DISCORD, client).get().uri(DISCORD).response();
    }

    private static void refuse(ServerSocket proxy) {
        try (Socket client = proxy.accept()) {
            client.getInputStream().read(new byte[8_192]);
            client.getOutputStream()
                    .write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            client.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void neverShowsThePassword() {
        ForwardProxy proxy = ForwardProxy.of(Map.of("HTTPS_PROXY", "http://user:hush@proxy:1"), name -> null);

        assertThat(proxy.toString() + proxy.summary() + proxy.problem())
                .contains("proxy:1")
                .doesNotContain("hush")
                .doesNotContain("user");
    }

    private static ForwardProxy withNoProxy(String list) {
        return ForwardProxy.of(Map.of("HTTPS_PROXY", "http://proxy:1", "no_proxy", list), name -> null);
    }

    private static String proxyOf(ForwardProxy proxy, String target) {
        var provider = proxy.toward(target, HttpClient.create()).configuration().proxyProviderSupplier();
        if (provider == null) {
            return "none";
        }
        InetSocketAddress address = (InetSocketAddress) provider.get().getProxyAddress();
        return address.getHostString() + ":" + address.getPort();
    }
}
