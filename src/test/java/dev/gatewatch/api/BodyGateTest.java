package dev.gatewatch.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import dev.gatewatch.LoggedLines;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose body is read, and how much of it. */
@QuarkusTest
@TestProfile(BodyGateTest.Settings.class)
class BodyGateTest {

    private static final String ADMIN = "rule-me-2b9c";
    private static final String NOTES = "/history/incidents/01ARZ3NDEKTSV4RRFFQ69G5FAV/notes";

    @TestHTTPResource
    URI address;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin/stop",
                "/admin/reconnect",
                "/admin/reload-token",
                "/history/maintenance",
                NOTES,
                "/alerts/test",
                "/demo/faults",
                "/no-such",
                "/discord-status",
                "//admin/stop",
                "/admin/./stop"
            })
    void aStrangerIsRefusedBeforeTheBodyIsRead(String path) throws IOException {
        try (Wire wire = new Wire(address)) {
            wire.send(head(path, "Content-Length: 1000\r\n") + "{");
            assertThat(wire.receive(true).status()).isEqualTo(401);
        }
        try (Wire wire = new Wire(address)) {
            wire.send(head(path, "Authorization: Bearer no\r\nTransfer-Encoding: chunked\r\n") + "1\r\n{\r\n");
            assertThat(wire.receive(true).status()).isIn(401, 429);
        }
    }

    @Test
    void aRefusedBodyThatIsFinishedAfterAllLeavesTheConnectionInOrder() throws IOException {
        try (Wire wire = new Wire(address)) {
            wire.send(head("/admin/stop", "Content-Length: 1000\r\n") + "{");
            assertThat(wire.receive(true).status()).isEqualTo(401);
            wire.send("x".repeat(999));
            assertThat(wire.get("/health", Wire.PLAIN).text()).contains("\"status\"");
        }
    }

    @Test
    void aGetWithABodyIsAnsweredWithoutIt() throws IOException {
        try (Wire wire = new Wire(address)) {
            wire.send("GET /health HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n");
            assertThat(wire.receive(true).text()).contains("\"status\"");
            wire.send("12345");
            assertThat(wire.get("/health", Wire.PLAIN).text()).contains("\"status\"");
        }
    }

    @Test
    void anOperatorsBodyHasALimitAndANoteAnother() {
        operator()
                .body(reason(BodyGate.MOST_BYTES - 1_000))
                .post("/admin/stop")
                .then()
                .statusCode(400);
        operator()
                .body(reason(BodyGate.MOST_BYTES + 1))
                .post("/admin/stop")
                .then()
                .statusCode(413)
                .body("message", containsString("16384 bytes"));
        operator()
                .body(note(50_000))
                .post(NOTES)
                .then()
                .statusCode(400)
                .body("message", containsString("\"text\" has 1 to"));
        operator().body(note(BodyGate.MOST_BYTES_OF_A_NOTE)).post(NOTES).then().statusCode(413);
    }

    @Test
    void aBodyWithoutALengthHasTheSameLimit() throws IOException {
        String chunk = Integer.toHexString(8_192) + "\r\n" + " ".repeat(8_192) + "\r\n";
        try (Wire wire = new Wire(address)) {
            wire.send(head("/admin/stop", authorized("Transfer-Encoding: chunked\r\n")) + chunk + chunk + chunk);
            assertThat(wire.receive(true).status()).isEqualTo(413);
        }
        try (Wire wire = new Wire(address)) {
            wire.send(
                    head("/admin/stop", authorized("Transfer-Encoding: chunked\r\n")) + chunk + "2\r\n{}\r\n0\r\n\r\n");
            assertThat(wire.receive(true).text()).contains("reason");
        }
    }

    @Test
    void bodiesTogetherHaveALimitAndGiveTheirPlaceBack() throws IOException {
        String unfinished = head("/admin/stop", authorized("Content-Length: " + BodyGate.MOST_BYTES + "\r\n")) + "{";
        int most = BodyGate.MOST_BYTES_AT_ONCE / BodyGate.MOST_BYTES;
        List<Wire> open = new ArrayList<>();
        try (LoggedLines log = new LoggedLines("io.quarkus.vertx.http")) {
            for (int i = 0; i < most + 1; i++) {
                Wire wire = new Wire(address);
                open.add(wire);
                wire.send(unfinished);
            }
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> open.stream().anyMatch(Wire::hasAnswer)); // one is too many: the rest fill the limit
            operator()
                    .body("{}")
                    .post("/admin/stop")
                    .then()
                    .statusCode(503)
                    .header("Retry-After", "1")
                    .body("message", containsString("at once"));
            for (Wire wire : open) {
                wire.close();
            }
            awaitPlace();
            assertThat(log.lines()).as("a client that goes away is no error").isEmpty();
        }
    }

    private static void awaitPlace() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> operator().body("{}").post("/admin/stop").then().statusCode(400));
    }

    private static String head(String path, String headers) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + headers + "\r\n";
    }

    private static String authorized(String headers) {
        return "Authorization: Bearer " + ADMIN + "\r\n" + headers;
    }

    private static RequestSpecification operator() {
        return given().header("Authorization", "Bearer " + ADMIN).contentType(ContentType.JSON);
    }

    private static String reason(int length) {
        return "{\"reason\": \"" + "x".repeat(length) + "\"}";
    }

    private static String note(int length) {
        return "{\"text\": \"" + "x".repeat(length) + "\"}";
    }

    public static final class Settings implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("gatewatch.admin-token", ADMIN);
        }
    }
}
