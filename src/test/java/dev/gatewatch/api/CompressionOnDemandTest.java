package dev.gatewatch.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.HttpContentCompressor;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** One connection, asked for this and that: whoever accepts gzip gets it, nobody else does, whatever was asked before. */
@QuarkusTest
class CompressionOnDemandTest {

    private static final String GZIP = "Accept-Encoding: gzip\r\n";
    private static final String PLAIN = "";

    @TestHTTPResource
    URI address;

    @Test
    void whoNeverAcceptsAnEncodingIsSparedTheCompressor() throws Exception {
        try (Wire wire = new Wire()) {
            assertThat(wire.get("/health", PLAIN).encoding()).isNull();
            assertThat(wire.get(Witness.PATH, PLAIN).text()).isEqualTo("no compressor");
        }
    }

    @Test
    void whoAlwaysAcceptsOneKeepsVertxsOwn() throws Exception {
        try (Wire wire = new Wire()) {
            assertThat(wire.get("/health", GZIP).encoding()).isEqualTo("gzip");
            assertThat(wire.get(Witness.PATH, GZIP).text()).isEqualTo("HttpChunkContentCompressor");
        }
    }

    @Test
    void everyAnswerIsAsItWasAskedFor() throws Exception {
        try (Wire wire = new Wire()) {
            for (int round = 0; round < 2; round++) {
                for (String path : new String[] {"/health", "/discord-status", "/q/health/live", "/q/metrics", "/"}) {
                    Answer plain = wire.get(path, PLAIN);
                    assertThat(plain.encoding()).as(path).isNull();
                    assertThat(plain.text()).as(path).isNotBlank();
                    Answer packed = wire.get(path, GZIP);
                    assertThat(packed.encoding()).as(path).isEqualTo("gzip");
                    assertThat(packed.text()).as(path).startsWith(plain.text().substring(0, 10));
                }
            }
            assertThat(wire.get(Witness.PATH, PLAIN).text()).isEqualTo("no compressor");
        }
    }

    @Test
    void aFileComesWhole() throws Exception {
        try (Wire wire = new Wire()) {
            String page = wire.get("/", PLAIN).text();
            String script = page.replaceAll("(?s).*src=\"(/static/bundle/[^\"]+)\".*", "$1");
            wire.get("/health", PLAIN);

            Answer plain = wire.get(script, PLAIN);
            Answer packed = wire.get(script, GZIP);
            Answer again = wire.get(script, PLAIN);

            assertThat(packed.encoding()).isEqualTo("gzip");
            assertThat(packed.text())
                    .hasSizeGreaterThan(50_000)
                    .isEqualTo(plain.text())
                    .isEqualTo(again.text());
        }
    }

    @Test
    void whatHasNoBodyTakesNoPartInIt() throws Exception {
        try (Wire wire = new Wire()) {
            wire.get("/health", PLAIN);
            wire.send("HEAD /discord-status HTTP/1.1\r\nHost: x\r\n" + GZIP + "\r\n");
            assertThat(wire.receive(false).status()).isEqualTo(200);
            assertThat(wire.get("/no-such-thing", GZIP).status()).isEqualTo(404);
            assertThat(wire.get("/health", GZIP).text()).contains("\"status\"");
        }
    }

    @Test
    void requestsThatDoNotWaitForEachOthersAnswers() throws Exception {
        try (Wire wire = new Wire()) {
            wire.send(request("/health", PLAIN)
                    + request("/health", GZIP)
                    + request("/discord-status", PLAIN)
                    + request("/q/metrics", GZIP)
                    + request("/q/metrics", PLAIN)
                    + request("/health", GZIP));

            assertThat(wire.receive(true).encoding()).isNull();
            assertThat(wire.receive(true).encoding()).isEqualTo("gzip");
            assertThat(wire.receive(true).encoding()).isNull();
            assertThat(wire.receive(true).text()).contains("# HELP");
            assertThat(wire.receive(true).text()).contains("# HELP");
            assertThat(wire.receive(true).text()).contains("\"status\"");
        }
    }

    @Test
    void anEncodingThatIsUnknownIsNone() throws Exception {
        try (Wire wire = new Wire()) {
            wire.get("/health", PLAIN);
            for (String path : new String[] {"/health", "/q/metrics"}) {
                Answer answer = wire.get(path, "Accept-Encoding: br\r\n");
                assertThat(answer.encoding()).isNull();
                assertThat(answer.text()).isNotBlank();
            }
        }
    }

    private static String request(String path, String headers) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n";
    }

    /** An answer, byte for byte. */
    private record Answer(int status, Map<String, String> headers, Buffer body) {

        String encoding() {
            return headers.get("content-encoding");
        }

        String text() throws IOException {
            InputStream bytes = new ByteArrayInputStream(body.getBytes());
            return new String(
                    ("gzip".equals(encoding()) ? new GZIPInputStream(bytes) : bytes).readAllBytes(),
                    StandardCharsets.UTF_8);
        }
    }

    /** One connection that is kept. */
    private final class Wire implements AutoCloseable {

        private final Socket socket = new Socket(address.getHost(), address.getPort());
        private final InputStream in = new BufferedInputStream(socket.getInputStream());

        Wire() throws IOException {
            socket.setSoTimeout(10_000);
        }

        Answer get(String path, String headers) throws IOException {
            send(request(path, headers));
            return receive(true);
        }

        void send(String requests) throws IOException {
            socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
        }

        Answer receive(boolean hasBody) throws IOException {
            int status = Integer.parseInt(line().split(" ")[1]);
            Map<String, String> headers = new LinkedHashMap<>();
            for (String line = line(); !line.isEmpty(); line = line()) {
                String[] header = line.split(": ?", 2);
                headers.put(header[0].toLowerCase(Locale.ROOT), header[1]);
            }
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            if (hasBody && headers.containsKey("content-length")) {
                body.write(in.readNBytes(Integer.parseInt(headers.get("content-length"))));
            } else if (hasBody) {
                assertThat(headers).containsEntry("transfer-encoding", "chunked");
                for (int size = chunk(); size > 0; size = chunk()) {
                    body.write(in.readNBytes(size));
                    assertThat(line()).isEmpty();
                }
                assertThat(line()).isEmpty();
            }
            return new Answer(status, headers, Buffer.buffer(body.toByteArray()));
        }

        private int chunk() throws IOException {
            return Integer.parseInt(line(), 16);
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                assertThat(c)
                        .as("the connection ended in the middle of an answer")
                        .isNotNegative();
                line.append((char) c);
            }
            return line.toString().strip();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** Tells what stands in its connection where Vert.x puts a compressor, before anybody has looked at this request. */
    @Singleton
    public static class Witness {

        static final String PATH = "/test/compressor";

        void register(@Observes Filters filters) {
            filters.register(Witness::tell, 10_000);
        }

        private static void tell(RoutingContext context) {
            if (!PATH.equals(context.request().path())) {
                context.next();
                return;
            }
            ChannelHandler handler = ((ConnectionBase) context.request().connection())
                    .channel()
                    .pipeline()
                    .get("deflater");
            context.request().resume();
            context.response()
                    .end(
                            handler instanceof HttpContentCompressor
                                    ? handler.getClass().getSimpleName()
                                    : "no compressor");
        }
    }
}
