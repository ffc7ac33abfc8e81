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
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** One connection that is kept: pipelined requests and idleness. */
@QuarkusTest
@TestProfile(KeptConnectionTest.Settings.class)
class KeptConnectionTest {

    private static final int PIPELINED = 5_000;

    @TestHTTPResource
    URI address;

    @Test
    void answersKeepTheOrderOfTheirRequests() throws Exception {
        try (Wire wire = new Wire(address)) {
            for (int i = 0; i < 5; i++) {
                wire.send(request("/health", PLAIN)
                        + request(LateAnswer.PATH, PLAIN)
                        + request("/health", PLAIN)
                        + request("/health", GZIP)
                        + request("/discord-status", PLAIN)
                        + request("/q/metrics", GZIP)
                        + request(LateAnswer.PATH, GZIP));

                assertThat(wire.receive(true).text()).contains("\"discord_bot\"");
                assertThat(wire.receive(true).text()).isEqualTo(LateAnswer.TEXT);
                assertThat(wire.receive(true).encoding()).isNull();
                Answer zipped = wire.receive(true);
                assertThat(zipped.encoding()).isEqualTo("gzip");
                assertThat(zipped.text()).contains("\"discord_bot\"");
                assertThat(wire.receive(true).text()).contains("\"latency\"");
                assertThat(wire.receive(true).text()).contains("# HELP");
                assertThat(wire.receive(true).text()).isEqualTo(LateAnswer.TEXT);
            }
        }
    }

    @Test
    void thousandsOfPipelinedRequestsAreAnsweredInOrder() throws Exception {
        try (Wire wire = new Wire(address)) {
            String many = request("/discord-status", PLAIN).repeat(PIPELINED) + request("/no-such-thing", PLAIN);
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> send(wire, many));
            for (int i = 0; i < PIPELINED; i++) {
                assertThat(wire.receive(true).status()).isEqualTo(200);
            }
            assertThat(wire.receive(true).status()).isEqualTo(404);
            writer.join();
        }
    }

    @Test
    void aFileComesWholeBetweenStatusAnswers() throws Exception {
        try (Wire wire = new Wire(address)) {
            String page = wire.get("/", PLAIN).text();
            String script = page.replaceAll("(?s).*src=\"(/static/bundle/[^\"]+)\".*", "$1");

            Answer plain = wire.get(script, PLAIN);
            assertThat(wire.get("/health", GZIP).text()).contains("\"status\"");
            Answer packed = wire.get(script, GZIP);
            assertThat(wire.get("/health", PLAIN).text()).contains("\"status\"");

            assertThat(packed.encoding()).isEqualTo("gzip");
            assertThat(packed.text()).hasSizeGreaterThan(50_000).isEqualTo(plain.text());
        }
    }

    @Test
    void aClientThatAsksForTheEndOfTheConnectionGetsIt() throws Exception {
        try (Wire wire = new Wire(address)) {
            assertThat(wire.get("/health", "Connection: close\r\n").text()).contains("\"status\"");
            assertThat(wire.isClosed()).isTrue();
        }
        try (Wire wire = new Wire(address)) {
            wire.send("GET /health HTTP/1.0\r\n\r\n");
            assertThat(wire.receive(true).text()).contains("\"status\"");
            assertThat(wire.isClosed()).isTrue();
        }
    }

    @Test
    void aConnectionIsClosedWhenItIsIdleAndNotWhileItAsks() throws Exception {
        try (Wire wire = new Wire(address)) {
            long end = System.nanoTime() + Settings.IDLE.multipliedBy(2).toNanos();
            while (System.nanoTime() < end) {
                wire.send(request(LateAnswer.PATH, PLAIN));
                assertThat(wire.receive(true).text()).isEqualTo(LateAnswer.TEXT);
            }
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

    /** A route that answers late, so that the requests behind it have to wait. */
    @Singleton
    public static class LateAnswer {

        static final String PATH = "/test/late";
        static final String TEXT = "late";

        void register(@Observes Filters filters) {
            filters.register(LateAnswer::answer, 500);
        }

        private static void answer(RoutingContext context) {
            if (!PATH.equals(context.request().path())) {
                context.next();
                return;
            }
            context.vertx().setTimer(50, timer -> {
                context.request().resume();
                context.response().end(TEXT);
            });
        }
    }

    public static final class Settings implements QuarkusTestProfile {

        static final Duration IDLE = Duration.ofSeconds(2);

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.http.idle-timeout", IDLE.toString());
        }
    }
}
