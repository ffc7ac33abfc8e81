package dev.gatewatch.api;

import static dev.gatewatch.api.Wire.GZIP;
import static dev.gatewatch.api.Wire.PLAIN;
import static dev.gatewatch.api.Wire.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.api.Wire.Answer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One connection, asked for this and that: what comes the short way is what comes the long way, in the order it was asked for. */
@QuarkusTest
@TestProfile(KeepAliveShortcutTest.Settings.class)
class KeepAliveShortcutTest {

    private static final int TRIES = 1_000;

    @TestHTTPResource
    URI address;

    @Inject
    Witness witness;

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/discord-status", "/q/health/live", "/q/health/ready", "/q/health/started"})
    void whoAsksAgainGetsTheSameWithoutTheRouter(String path) throws Exception {
        for (String headers :
                new String[] {PLAIN, GZIP, "Accept: */*\r\nUser-Agent: curl/8\r\nConnection: keep-alive\r\n"}) {
            try (Wire wire = new Wire(address)) {
                Answer first = wire.get(path, headers);
                Answer second = unseen(wire, path, headers);

                assertThat(second.status()).isEqualTo(first.status());
                assertThat(second.encoding()).isEqualTo(headers.equals(GZIP) ? "gzip" : null);
                assertThat(second.headers().keySet()).isEqualTo(first.headers().keySet());
                first.headers().forEach((name, value) -> {
                    if (!name.equals("content-length")) { // times that run have more digits or less
                        assertThat(second.headers()).containsEntry(name, value);
                    }
                });
                assertThat(second.headers())
                        .containsEntry("cache-control", "private")
                        .containsEntry("x-frame-options", "DENY");
                assertThat(second.text().replaceAll("\\d", ""))
                        .isEqualTo(first.text().replaceAll("\\d", ""));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Accept: application/json\r\n",
                "Accept-Encoding: br\r\n",
                "Accept-Encoding: gzip;q=0.5, identity;q=0.1\r\n",
                "Origin: https://example.org\r\n",
                "X-Forwarded-Proto: https\r\n",
                "Content-Length: 0\r\n",
                "Authorization: Bearer x\r\n"
            })
    void whateverElseIsSaidIsHeard(String headers) throws Exception {
        try (Wire wire = new Wire(address)) {
            unseen(wire, "/health", PLAIN);
            int before = witness.seen.get();
            for (int i = 0; i < 20; i++) {
                assertThat(wire.get("/health", headers).text()).contains("\"status\"");
            }
            assertThat(witness.seen.get() - before).isEqualTo(20);
            unseen(wire, "/health", PLAIN);
        }
    }

    @Test
    void otherMethodsPathsAndVersionsGoOn() throws Exception {
        try (Wire wire = new Wire(address)) {
            unseen(wire, "/discord-status", PLAIN);
            wire.send("HEAD /discord-status HTTP/1.1\r\nHost: x\r\n" + GZIP + "\r\n");
            assertThat(wire.receive(false).status()).isEqualTo(200);
            wire.send("POST /discord-status HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nGET /");
            assertThat(wire.receive(true).status()).isEqualTo(405);
            assertThat(wire.get("/no-such-thing", GZIP).status()).isEqualTo(404);
            assertThat(wire.get("/health?x", PLAIN).text()).contains("\"status\"");
            unseen(wire, "/discord-status", PLAIN);
            wire.send("GET /health HTTP/1.0\r\n\r\n");
            assertThat(wire.receive(true).text()).contains("\"status\"");
            assertThat(wire.isClosed()).isTrue();
        }
    }

    @Test
    void whoWantsTheConnectionClosedGetsThat() throws Exception {
        try (Wire wire = new Wire(address)) {
            unseen(wire, "/health", PLAIN);
            assertThat(wire.get("/health", "Connection: close\r\n").text()).contains("\"status\"");
            assertThat(wire.isClosed()).isTrue();
        }
    }

    @Test
    void answersKeepTheOrderOfTheirRequests() throws Exception {
        try (Wire wire = new Wire(address)) {
            unseen(wire, "/health", PLAIN);
            for (int i = 0; i < 5; i++) {
                wire.send(request("/health", PLAIN)
                        + request(Witness.SLOW, PLAIN)
                        + request("/health", PLAIN)
                        + request("/health", GZIP)
                        + request("/discord-status", PLAIN)
                        + request("/q/metrics", GZIP)
                        + request(Witness.SLOW, GZIP));

                assertThat(wire.receive(true).text()).contains("\"discord_bot\"");
                assertThat(wire.receive(true).text()).isEqualTo(Witness.LATE);
                assertThat(wire.receive(true).encoding()).isNull();
                Answer zipped = wire.receive(true);
                assertThat(zipped.encoding()).isEqualTo("gzip");
                assertThat(zipped.text()).contains("\"discord_bot\"");
                assertThat(wire.receive(true).text()).contains("\"latency\"");
                assertThat(wire.receive(true).text()).contains("# HELP");
                assertThat(wire.receive(true).text()).isEqualTo(Witness.LATE);
            }
            unseen(wire, "/health", PLAIN);
        }
    }

    @Test
    void thousandsOfRequestsInOneGo() throws Exception {
        try (Wire wire = new Wire(address)) {
            unseen(wire, "/discord-status", PLAIN);
            String many = request("/discord-status", PLAIN).repeat(5_000) + request("/no-such-thing", PLAIN);
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> send(wire, many));
            for (int i = 0; i < 5_000; i++) {
                assertThat(wire.receive(true).status()).isEqualTo(200);
            }
            assertThat(wire.receive(true).status()).isEqualTo(404);
            writer.join();
        }
    }

    /** What is sent fills the buffers of both sockets; then it has to wait. */
    @Test
    void whoDoesNotReadIsNotReadEither() throws Exception {
        String asked = request("/discord-status", "User-Agent: " + "x".repeat(1_000) + "\r\n");
        AtomicInteger sent = new AtomicInteger();
        AtomicBoolean enough = new AtomicBoolean();
        try (Wire wire = new Wire(address)) {
            unseen(wire, "/discord-status", PLAIN);
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                while (!enough.get() && sent.get() < 200_000) {
                    send(wire, asked);
                    sent.incrementAndGet();
                }
                enough.set(true);
                send(wire, request("/no-such-thing", PLAIN));
            });
            for (int before = -1;
                    before != sent.get() && !enough.get();
                    Thread.sleep(Settings.IDLE.dividedBy(3).toMillis())) {
                before = sent.get();
            }
            assertThat(enough).as("sent without end: " + sent).isFalse();

            enough.set(true);
            int answers = 0;
            while (wire.receive(true).status() == 200) {
                answers++;
            }
            writer.join();
            assertThat(answers).isEqualTo(sent.get());
            unseen(wire, "/health", PLAIN);
        }
    }

    @Test
    void whatIsCompressedOtherwiseStaysSoAndAFileComesWhole() throws Exception {
        try (Wire wire = new Wire(address)) {
            String page = wire.get("/", PLAIN).text();
            String script = page.replaceAll("(?s).*src=\"(/static/bundle/[^\"]+)\".*", "$1");
            unseen(wire, "/health", PLAIN);

            Answer plain = wire.get(script, PLAIN);
            unseen(wire, "/health", GZIP);
            Answer packed = wire.get(script, GZIP);
            unseen(wire, "/health", PLAIN);
            Answer again = wire.get(script, PLAIN);

            assertThat(packed.encoding()).isEqualTo("gzip");
            assertThat(packed.text())
                    .hasSizeGreaterThan(50_000)
                    .isEqualTo(plain.text())
                    .isEqualTo(again.text());
            unseen(wire, "/health", PLAIN);
        }
    }

    /** Quarkus closes a connection on which nothing happens for so long. Another one asks all the time, so that there is always an answer. */
    @Test
    void aConnectionThatIsAskedIsNotIdle() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (Wire wire = new Wire(address);
                Wire busy = new Wire(address)) {
            CompletableFuture<Void> others = CompletableFuture.runAsync(() -> {
                while (!over.get()) {
                    get(busy, "/discord-status");
                }
            });
            long end = System.nanoTime() + Settings.IDLE.multipliedBy(3).toNanos();
            while (System.nanoTime() < end) {
                get(wire, "/discord-status");
                Thread.sleep(100);
            }
            over.set(true);
            others.join();
            assertThat(wire.isClosed()).isTrue();
        }
    }

    private static void send(Wire wire, String requests) {
        try {
            wire.send(requests);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void get(Wire wire, String path) {
        try {
            assertThat(wire.get(path, PLAIN).status()).isEqualTo(200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An answer that came the short way. Some go on, since what they say has to be written anew. */
    private Answer unseen(Wire wire, String path, String headers) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            int before = witness.seen.get();
            Answer answer = wire.get(path, headers);
            if (witness.seen.get() == before) {
                return answer;
            }
        }
        throw new AssertionError("The router saw all of " + TRIES + " GETs of " + path);
    }

    /** Sees what Vert.x' router sees, and answers one path late. */
    @Singleton
    public static class Witness {

        static final String SLOW = "/test/slow";
        static final String LATE = "late";

        final AtomicInteger seen = new AtomicInteger();

        void register(@Observes Filters filters) {
            filters.register(this::see, 10_000);
            filters.register(Witness::putOff, 500);
        }

        private void see(RoutingContext context) {
            seen.incrementAndGet();
            context.next();
        }

        private static void putOff(RoutingContext context) {
            if (SLOW.equals(context.request().path())) {
                context.vertx().setTimer(50, timer -> {
                    context.request().resume();
                    context.response().end(LATE);
                });
            } else {
                context.next();
            }
        }
    }

    /** Connections that are idle soon, and an operator's own headers. */
    public static class Settings implements QuarkusTestProfile {

        static final Duration IDLE = Duration.ofSeconds(2);

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.idle-timeout",
                    IDLE.toString(),
                    "quarkus.http.header.\"Cache-Control\".value",
                    "private",
                    "quarkus.http.header.\"X-Frame-Options\".value",
                    "SAMEORIGIN");
        }
    }
}
