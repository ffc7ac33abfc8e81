package dev.gatewatch.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong with servers, over real sockets, in words. */
class ServerTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String CONNECTED = "{\"status\":\"connected\"}";

    private final Map<String, String> bodies = new ConcurrentHashMap<>();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private int status = 200;
    private HttpServer http;

    @BeforeEach
    void start() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            tokens.put(path, authorization == null ? "none" : authorization);
            byte[] body = bodies.getOrDefault(path, "").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Location", "https://elsewhere.example/");
            exchange.sendResponseHeaders(bodies.containsKey(path) ? status : 404, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        http.start();
    }

    @AfterEach
    void stop() {
        http.stop(0);
    }

    @Test
    void readsTheStatusOfAnOldServer() throws Exception {
        bodies.put("/discord-status", CONNECTED);

        assertThat(server("").status().isConnected()).isTrue();
        assertThat(server("").database()).isNull();
        assertThat(server("").stream(null, TIMEOUT)).isEmpty();
        assertThat(Past.read(server(""), Instant.now())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "401, UNAUTHORIZED, GATEWATCH_READ_TOKEN",
        "403, UNAUTHORIZED, --token",
        "404, NOT_GATEWATCH, --url",
        "302, NOT_GATEWATCH, --url https://elsewhere.example/",
        "429, REFUSED, HTTP 429",
        "500, REFUSED, HTTP 500",
        "503, REFUSED, at the moment"
    })
    void saysWhatAnAnswerMeans(int answer, Trouble.Kind kind, String remedy) {
        bodies.put("/discord-status", "<html>");
        status = answer;

        assertTrouble(server(""), kind, remedy);
    }

    @ParameterizedTest
    @CsvSource(
            value = {"<html>; not JSON", "[1]; not JSON", "{\"status\":; not JSON", "{\"state\":1}; no \"status\""},
            delimiter = ';')
    void seesThatItIsNoGatewatch(String body, String why) {
        bodies.put("/discord-status", body);

        assertTrouble(server(""), Trouble.Kind.NOT_GATEWATCH, why.strip());
    }

    @Test
    void sendsTheTokenAndReadsBelowAProxysPath() throws Exception {
        bodies.put("/bots/one/discord-status", CONNECTED);
        Server server = new Server(address("/bots/one/"), "secret", TIMEOUT);

        assertThat(server.status().isConnected()).isTrue();
        assertThat(tokens).containsEntry("/bots/one/discord-status", "Bearer secret");
    }

    @Test
    void saysThatNobodyAnswers() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        Server nobody = new Server(ServerAddress.parse("http://127.0.0.1:" + free), null, TIMEOUT);

        assertTrouble(nobody, Trouble.Kind.UNREACHABLE, "QUARKUS_HTTP_PORT");
    }

    @Test
    void printsNothingOfAServersThatSteersTheTerminal() throws Exception {
        String hostile = "ok\u001b[2J\u009b31m\u2028\u202e\r\n";

        assertThat(Fields.parse("{\"a\":\"ok\\u001b[2J\\u009b31m\\u2028\\u202e\\r\\n\"}")
                        .text("a"))
                .isEqualTo("ok [2J 31m    ");
        assertThat(Trouble.of(302, hostile, false, ServerAddress.parse("http://localhost:1"))
                        .message())
                .endsWith("use --url ok [2J 31m    ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-host.invalid", "no_such_host.invalid"})
    void saysThatThereIsNoSuchHost(String host) {
        Server server = new Server(ServerAddress.parse("http://" + host), null, TIMEOUT);

        assertTrouble(server, Trouble.Kind.UNKNOWN_HOST, host);
    }

    @Test
    void givesUpOnAServerThatAcceptsAndSaysNothing() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Duration brief = Duration.ofMillis(200);
            Server server = new Server(ServerAddress.parse("http://127.0.0.1:" + silent.getLocalPort()), null, brief);
            ByteArrayOutputStream out = new ByteArrayOutputStream();

            assertTrouble(server, Trouble.Kind.TIMED_OUT, "200 ms");
            assertThat(new Monitor(server).check(brief, false, new PrintStream(out)))
                    .isEqualTo(3);
            assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("GATEWATCH UNKNOWN: No answer from");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:5000, http://localhost:5000/health",
        "http://localhost:5000/, http://localhost:5000/health",
        "http://localhost:5000/discord-status, http://localhost:5000/health",
        "https://bot.example.org/one//, https://bot.example.org/one/health",
        "http://[::1]:5000, http://[::1]:5000/health",
    })
    void understandsAddresses(String text, String health) {
        assertThat(ServerAddress.parse(text).path("/health")).hasToString(health);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:5000",
        "ftp://localhost",
        "http://",
        "http://a b",
        "http://me:pw@localhost",
        "http://me:pw@my_host",
        "http://localhost?x=1"
    })
    void refusesWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> ServerAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("address");
    }

    private static void assertTrouble(Server server, Trouble.Kind kind, String words) {
        assertThatThrownBy(server::status).isInstanceOfSatisfying(NoAnswerException.class, e -> {
            assertThat(e.trouble().kind()).isEqualTo(kind);
            assertThat(e.trouble().message())
                    .contains(words)
                    .contains(server.address().toString());
        });
    }

    private Server server(String path) {
        return new Server(address(path), null, TIMEOUT);
    }

    private ServerAddress address(String path) {
        return ServerAddress.parse("http://127.0.0.1:" + http.getAddress().getPort() + path);
    }
}
