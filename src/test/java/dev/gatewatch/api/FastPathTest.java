package dev.gatewatch.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatewatch.LoggedLines;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked plainly is answered before Quarkus REST and SmallRye Health see it, and must be what they would say. */
@QuarkusTest
@TestProfile(FastPathTest.FewWorkers.class)
class FastPathTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int WORKERS = 4;
    private static final String ORIGIN = "https://example.org";

    private final ObjectMapper mapper = new ObjectMapper();

    @Inject
    Vertx vertx;

    @TestHTTPResource("/q/health/ready")
    URI ready;

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/discord-status", "/q/health/live", "/q/health/ready", "/q/health/started"})
    void saysTheSameAsWhoIsAskedOtherwise(String path) throws Exception {
        Response fast = given().accept("*/*").get(path);
        Response other = given().accept("application/json").get(path);

        assertThat(fast.statusCode()).isEqualTo(other.statusCode());
        assertThat(fast.contentType().replace(" ", ""))
                .isEqualTo(other.contentType().replace(" ", ""));
        assertThat(names(fast)).isNotEmpty().isEqualTo(names(other));
        other.headers().forEach(header -> assertThat(fast.headers().hasHeaderWithName(header.getName()))
                .as(header.getName())
                .isTrue());
        assertThat(fast.headers().getValues("Cache-Control")).containsExactly("private");
        assertThat(fast.headers().getValues("X-Frame-Options")).containsExactly("DENY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/discord-status", "/q/health/live"})
    void isCompressedForWhoCanReadThat(String path) {
        given().accept("*/*").header("Accept-Encoding", "gzip").get(path).then().header("Content-Encoding", "gzip");
    }

    @Test
    void otherMethodsAndRepresentationsGoOn() {
        assertThat(given().accept("*/*").head("/discord-status").statusCode()).isEqualTo(200);
        assertThat(given().accept("*/*").post("/discord-status").statusCode()).isEqualTo(405);
        assertThat(given().accept(HealthJson.MEDIA_TYPE).get("/health").contentType())
                .startsWith(HealthJson.MEDIA_TYPE);
    }

    @Test
    void aPageOfAnotherOriginReadsWhatQuarkusLetsItRead() {
        given().accept("*/*")
                .header("Origin", ORIGIN)
                .get("/health")
                .then()
                .header("Access-Control-Allow-Origin", ORIGIN);
    }

    @Test
    void anAccessLogMissesNothing() throws Exception {
        try (LoggedLines log = new LoggedLines("io.quarkus.http.access-log");
                Wire wire = new Wire(ready.resolve("/"))) {
            for (int i = 0; i < 50; i++) {
                wire.get("/discord-status", Wire.PLAIN);
            }
            await().atMost(PATIENCE).until(() -> log.lines().size() == 50);
        }
    }

    @Test
    void probesAreAnsweredWhenEveryWorkerIsBusy() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger busy = new AtomicInteger();
        try (AutoCloseable freed = end::countDown) {
            for (int i = 0; i < WORKERS; i++) {
                vertx.executeBlocking(
                        () -> {
                            busy.incrementAndGet();
                            return end.await(2, TimeUnit.MINUTES);
                        },
                        false);
            }
            await().atMost(PATIENCE).until(() -> busy.get() == WORKERS);
            HttpClient client = HttpClient.newHttpClient();
            for (String accept : new String[] {"*/*", "application/json"}) {
                HttpRequest request = HttpRequest.newBuilder(ready)
                        .header("Accept", accept)
                        .timeout(PATIENCE)
                        .build();
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                assertThat(answer.body()).contains("gateway", "Graceful Shutdown");
            }
        }
    }

    private Set<String> names(Response response) throws Exception {
        Set<String> names = new TreeSet<>();
        collect("", mapper.readTree(response.asString()), names);
        return names;
    }

    private static void collect(String prefix, JsonNode node, Set<String> names) {
        node.properties().forEach(field -> {
            names.add(prefix + field.getKey());
            collect(prefix + field.getKey() + ".", field.getValue(), names);
        });
        node.elements().forEachRemaining(element -> {
            if (node.isArray()) {
                collect(prefix + "[].", element, names);
            }
        });
    }

    /** So few workers that all can be kept busy, an operator's own headers, of which ours are not to make two, a page elsewhere, and an access log. */
    public static class FewWorkers implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.thread-pool.max-threads",
                    Integer.toString(WORKERS),
                    "quarkus.http.cors.enabled",
                    "true",
                    "quarkus.http.cors.origins",
                    ORIGIN,
                    "quarkus.http.access-log.enabled",
                    "true",
                    "quarkus.http.header.\"Cache-Control\".value",
                    "private",
                    "quarkus.http.header.\"X-Frame-Options\".value",
                    "SAMEORIGIN");
        }
    }
}
