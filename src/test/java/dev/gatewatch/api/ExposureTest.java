package dev.gatewatch.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers get: with a read token, and a management port of its own. */
@QuarkusTest
@TestProfile(ExposureTest.Settings.class)
class ExposureTest {

    private static final String READ = "read-me-7f3a";
    private static final String ADMIN = "rule-me-2b9c";

    @TestHTTPResource("/")
    URI address;

    @Inject
    ManagementPort management;

    @Test
    void behindAProxyThatIsBelievedABrowserIsToldToStayWithTls() {
        String header = "Strict-Transport-Security";
        assertThat(RestAssured.get("/health").headers().hasHeaderWithName(header))
                .isFalse();
        for (Map.Entry<String, String> said :
                Map.of("X-Forwarded-Proto", "https", "X-Forwarded-Ssl", "on").entrySet()) {
            assertThat(RestAssured.given()
                            .header(said.getKey(), said.getValue())
                            .get("/health")
                            .header(header))
                    .as(said.toString())
                    .isEqualTo("max-age=31536000");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/health",
                "/badge.svg",
                "/discord-status",
                "/history/events",
                "/no-such",
                "/q/health",
                "/admin/stop",
                "/history/events?limit=0",
                "/"
            })
    void everyAnswerHasSecurityHeaders(String path) {
        for (Response answer : List.of(RestAssured.get(path), reader().get(path), reader().post(path))) {
            answer.then()
                    .header("X-Content-Type-Options", "nosniff")
                    .header("X-Frame-Options", "DENY")
                    .header("Referrer-Policy", "no-referrer")
                    .header("Cross-Origin-Resource-Policy", path.equals("/badge.svg") ? "cross-origin" : "same-origin");
            assertThat(answer.header("Cache-Control")).isNotNull();
            assertThat(answer.headers().hasHeaderWithName("Server")).isFalse();
            if (!path.startsWith("/q/")) { // where Quarkus' own pages are in dev mode and tests
                List<String> policies = answer.headers().getValues("Content-Security-Policy");
                assertThat(policies).hasSize(1);
                assertThat(policies.get(0)).contains("frame-ancestors 'none'").contains("default-src 'none'");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/badge.svg"})
    void theSummaryIsOpen(String path) {
        assertThat(RestAssured.get(path).statusCode()).isIn(200, 503);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/discord-status",
                "/discord-status/stream",
                "/history/events",
                "/history/uptime",
                "/alerts",
                "/no-such",
                "//discord-status",
                "/health/../discord-status",
                "/%64iscord-status",
                "/health;x/../discord-status",
                "/discord-status/",
                "/health/",
                "/HEALTH"
            })
    void everythingElseIsLocked(String path) throws IOException {
        assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 401")
                .contains("GATEWATCH_READ_TOKEN")
                .doesNotContain("\"uptime_seconds\"");
    }

    @Test
    void aConnectionThatWasLetInOnceIsAskedForTheTokenAgain() throws IOException {
        try (Wire wire = new Wire(address)) {
            for (int i = 0; i < 20; i++) {
                String token = "Authorization: Bearer " + READ + "\r\n";
                assertThat(wire.get("/discord-status", token).status()).isEqualTo(200);
                assertThat(wire.get("/discord-status", Wire.PLAIN).status()).isEqualTo(401);
            }
        }
    }

    @Test
    void thePageIsOpenSinceItAsksForTheTokenItself() {
        String page = RestAssured.get("/").then().statusCode(200).extract().asString();

        assertThat(page).contains("id=\"ask-token\"").doesNotContain(READ, ADMIN);
        String script = page.replaceAll("(?s).*src=\"(/static/bundle/[^\"]+)\".*", "$1");
        RestAssured.get(script).then().statusCode(200);
    }

    @Test
    void theReadTokenOpensAndSoDoesBasicForBrowsersAndTheAdminToken() {
        RestAssured.get("/discord-status").then().statusCode(401).header("WWW-Authenticate", containsString("B"));
        for (String authorization :
                List.of("Bearer " + READ, "bearer  " + READ, basic("anybody", READ), "Bearer " + ADMIN)) {
            with(authorization).statusCode(200);
        }
        for (String authorization : List.of("Bearer no", basic(READ, "no"), basic("a", ADMIN), "Basic %%%", READ)) {
            with(authorization).statusCode(401);
        }
    }

    @Test
    void theReadTokenChangesNothing() {
        reader().contentType("application/json")
                .body("{\"reason\":\"r\"}")
                .post("/admin/stop")
                .then()
                .statusCode(401)
                .body("message", containsString("GATEWATCH_ADMIN_TOKEN"));
    }

    @Test
    void theManagementPortHasEverythingUnderQAndTheFirstPortNothing() {
        reader().get("/q/health/live")
                .then()
                .statusCode(404)
                .body("message", containsString("GATEWATCH_MANAGEMENT_PORT"));
        reader().get("/q/openapi").then().statusCode(404);
        String there = "http://" + address.getHost() + ":" + management.actualPort();
        given().get(there + "/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
        given().get(there + "/q/openapi").then().statusCode(200);
        given().get(there + "/discord-status").then().statusCode(404).body("message", containsString("own port"));
        given().get(there + "/health").then().statusCode(404);
    }

    @Test
    void sizesAreLimited() throws IOException {
        given().header("Authorization", "Bearer " + ADMIN)
                .contentType("application/json")
                .body("x".repeat(200_000))
                .post("/admin/stop")
                .then()
                .statusCode(413);
        assertThat(raw("GET /health HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(20_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431");
        assertThat(raw("GET /" + "x".repeat(5_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .matches("(?s)HTTP/1\\.[01] 414 .*");
    }

    @Test
    void aBodyThatDripsIsNotWaitedForForEver() throws IOException {
        try (Socket socket = new Socket(address.getHost(), address.getPort());
                Socket unread = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(60_000);
            unread.setSoTimeout(60_000);
            unread.getOutputStream()
                    .write("GET /health HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{"
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream()
                    .write(("POST /admin/stop HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + ADMIN
                                    + "\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 408").contains("not complete");
            assertThat(new String(unread.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .as("a body that nobody reads has the same time, then the connection ends")
                    .contains("\"status\"");
        }
    }

    @Test
    void clientsThatNeverEndTheirHeadersHoldNobodyUp() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 1_000; i++) {
                Socket socket = new Socket(address.getHost(), address.getPort());
                socket.getOutputStream().write("GET /health HTTP/1.1\r\nX".getBytes(StandardCharsets.US_ASCII));
                slow.add(socket);
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> RestAssured.get("/health").statusCode(), code -> code == 200 || code == 503);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void theBadgeIsASafePictureThatCachesWell() {
        Response badge =
                RestAssured.given().queryParam("label", "<script>\"&'\u0000").get("/badge.svg");
        badge.then()
                .statusCode(200)
                .contentType("image/svg+xml")
                .header("Cache-Control", containsString("max-age=30"))
                .body("svg.@role", equalTo("img"))
                .body("svg.title", equalTo("<script>\"&': stopped"));
        assertThat(badge.asString()).doesNotContain("<script");

        RestAssured.given()
                .queryParam("label", "<script>\"&'\u0000")
                .header("If-None-Match", badge.header("ETag"))
                .get("/badge.svg")
                .then()
                .statusCode(304);
        RestAssured.get("/badge.svg?label=" + "x".repeat(41) + "&window=1y&colour=red")
                .then()
                .statusCode(400)
                .body("message.length()", greaterThan(50));
    }

    @Test
    void healthSpeaksTheDraftWhenAsked() {
        given().accept("application/health+json")
                .get("/health")
                .then()
                .statusCode(503)
                .contentType("application/health+json")
                .header("Vary", containsString("Accept"))
                .body("status", equalTo("fail"))
                .body("checks.'discord:connections'[0].observedValue", equalTo("stopped"));
        for (String accept : List.of("*/*", "application/json", "application/json, application/health+json;q=0.5")) {
            given().accept(accept)
                    .get("/health")
                    .then()
                    .contentType("application/json")
                    .body("status", equalTo("unhealthy"));
        }
    }

    private static RequestSpecification reader() {
        return given().header("Authorization", "Bearer " + READ);
    }

    private static ValidatableResponse with(String authorization) {
        return given().header("Authorization", authorization)
                .get("/discord-status")
                .then();
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] answer = new byte[8_192];
            int length = socket.getInputStream().readNBytes(answer, 0, 60);
            length += Math.max(0, socket.getInputStream().read(answer, length, answer.length - length));
            return new String(answer, 0, length, StandardCharsets.UTF_8);
        }
    }

    public static final class Settings implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "gatewatch.read-token",
                    READ,
                    "gatewatch.admin-token",
                    ADMIN,
                    "gatewatch.management-port",
                    "0",
                    "quarkus.http.proxy.proxy-address-forwarding",
                    "true");
        }
    }
}
