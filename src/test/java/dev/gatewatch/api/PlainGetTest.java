package dev.gatewatch.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.startsWith;

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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The status and the probes as most clients ask for them, with an operator's headers, an access log, CORS and few workers. */
@QuarkusTest
@TestProfile(PlainGetTest.FewWorkers.class)
class PlainGetTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int WORKERS = 4;
    private static final int REQUESTS = 50;
    private static final String ORIGIN = "https://example.org";

    @Inject
    Vertx vertx;

    @TestHTTPResource
    URI address;

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/discord-status"})
    void anOperatorsHeaderTakesThePlaceOfOursButNeverWeakensFraming(String path) {
        for (String accept : new String[] {"*/*", "application/json"}) {
            Response answer = given().accept(accept).get(path);

            assertThat(answer.contentType()).startsWith("application/json");
            assertThat(answer.headers().getValues("Cache-Control")).containsExactly("private");
            assertThat(answer.headers().getValues("X-Frame-Options")).containsExactly("DENY");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health/live", "/q/health/ready", "/q/health/started"})
    void aProbesAnswerIsNeverStoredAndHasEachHeaderOnce(String path) {
        Response answer = given().get(path);

        assertThat(answer.headers().getValues("Cache-Control")).containsExactly("no-store");
        assertThat(answer.headers().getValues("X-Frame-Options")).containsExactly("DENY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/discord-status"})
    void anAnswerIsCompressedForAClientThatReadsGzip(String path) {
        given().accept("*/*").header("Accept-Encoding", "gzip").get(path).then().header("Content-Encoding", "gzip");
    }

    @Test
    void otherMethodsAndRepresentationsAreAnsweredToo() {
        given().head("/discord-status").then().statusCode(200);
        given().post("/discord-status").then().statusCode(405);
        given().accept(HealthJson.MEDIA_TYPE).get("/health").then().contentType(startsWith(HealthJson.MEDIA_TYPE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/discord-status", "/q/health/live"})
    void aPageOfAConfiguredOriginMayReadTheAnswer(String path) {
        given().header("Origin", ORIGIN).get(path).then().header("Access-Control-Allow-Origin", ORIGIN);
    }

    @Test
    void theAccessLogHasALineForEachRequestOfAKeptConnection() throws Exception {
        try (LoggedLines log = new LoggedLines("io.quarkus.http.access-log");
                Wire wire = new Wire(address)) {
            for (int i = 0; i < REQUESTS; i++) {
                wire.get("/discord-status", Wire.PLAIN);
            }
            await().atMost(PATIENCE).until(() -> log.lines().size() == REQUESTS);
        }
    }

    @Test
    void theStatusAndTheProbesAreAnsweredWhileEveryWorkerIsBusy() throws Exception {
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
                assertThat(get(client, "/health", accept)).contains("\"discord_bot\"");
                assertThat(get(client, "/discord-status", accept)).contains("\"latency\"");
                assertThat(get(client, "/q/health/live", accept)).contains("\"checks\"");
                assertThat(get(client, "/q/health/started", accept)).contains("\"checks\"");
                assertThat(get(client, "/q/health/ready", accept)).contains("gateway", "Graceful Shutdown");
            }
            assertThat(end.getCount()).as("the workers were busy all the time").isEqualTo(1);
        }
    }

    private String get(HttpClient client, String path, String accept) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path))
                .header("Accept", accept)
                .timeout(PATIENCE)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    public static final class FewWorkers implements QuarkusTestProfile {
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
