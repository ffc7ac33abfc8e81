package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Answers of a server that means harm, over real sockets. */
class AnswerLimitTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final byte[] MEGABYTE = new byte[1 << 20];

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch tested = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void close() {
        tested.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void anAnswerWithinTheLimitsIsRead() {
        answer(out -> {
            for (int i = 0; i < 4; i++) {
                out.write(MEGABYTE);
            }
        });

        assertThat(read(LONG)).isEqualTo(AnswerLimit.MOST_BYTES);
    }

    @Test
    void anEndlessAnswerIsCutOff() {
        answer(out -> {
            while (true) {
                out.write(MEGABYTE);
            }
        });

        assertThatThrownBy(() -> read(LONG)).hasMessageContaining("longer than 4 MB");
    }

    @Test
    void soIsASmallOneThatInflatesToHundredsOfMegabytes() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(zipped)) {
            for (int i = 0; i < 400; i++) {
                zip.write(MEGABYTE);
            }
        }
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, zipped.size());
            zipped.writeTo(exchange.getResponseBody());
        });

        assertThatThrownBy(() -> read(LONG)).hasMessageContaining("longer than 4 MB");
    }

    @Test
    void oneThatIsNotCompleteInTimeIsCutOffHoweverSteadilyItDrips() {
        answer(out -> {
            while (tested.getCount() > 0) {
                out.write('x');
                out.flush();
            }
        });

        assertThatThrownBy(() -> read(Duration.ofMillis(100))).hasMessageContaining("not complete after 100 ms");
    }

    private void answer(Body body) {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            body.write(exchange.getResponseBody());
            exchange.close();
        });
    }

    /** How long the answer was. */
    private int read(Duration patience) {
        HttpClient client =
                HttpClient.create(ConnectionProvider.newConnection()).responseTimeout(LONG);
        return AnswerLimit.on(client, patience)
                .compress(true)
                .get()
                .uri("http://127.0.0.1:" + server.getAddress().getPort() + "/")
                .responseContent()
                .asByteArray()
                .map(part -> part.length)
                .reduce(0, Integer::sum)
                .block(LONG);
    }

    /** Writes an answer. */
    private interface Body {
        void write(OutputStream out) throws IOException;
    }
}
