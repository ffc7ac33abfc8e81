package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.netty.http.client.HttpClient;

class ForwardProxyTest {

    private static final String DISCORD = "https://discord.com/api/v10";

    @ParameterizedTest
    @CsvSource({
        "HTTPS_PROXY, http://proxy.example:3128, proxy.example:3128",
        "https_proxy, http://proxy.example:3128/, proxy.example:3128",
        "HTTPS_PROXY, proxy.example:3128, proxy.example:3128",
        "HTTPS_PROXY, http://proxy.example, proxy.example:80",
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
            String target = "https://discord.names.test/";

            Throwable failure = catchThrowable(() -> proxy.toward(target, HttpClient.newConnection())
                    .get()
                    .uri(target)
                    .response()
                    .block(Duration.ofSeconds(30)));

            assertThat(Failures.of(failure).kind()).isEqualTo(Failure.Kind.CONNECT);
            assertThat(Failures.of(failure).message())
                    .contains("The proxy of HTTPS_PROXY", "127.0.0.1:" + refusing.getLocalPort(), "403 Forbidden")
                    .doesNotContain("hush");
        }
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
