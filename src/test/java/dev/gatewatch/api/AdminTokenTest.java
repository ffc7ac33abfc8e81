package dev.gatewatch.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Wrong tokens, from one address: the order of these steps matters, so that they are one test. */
@QuarkusTest
@TestProfile(AdminTokenTest.Settings.class)
class AdminTokenTest {

    private static final String RIGHT = "right-9c1b";

    @Test
    void countsWrongTokensAndSlowsThemDownButNeverTheRightOne() {
        withHeader(null).statusCode(401).header("WWW-Authenticate", equalTo("Bearer"));
        withHeader("Bearer " + RIGHT).statusCode(400); // no reason: the token was right

        for (int i = 0; i < WrongTokens.PER_CLIENT; i++) {
            withHeader("Bearer wrong-" + i, "192.0.2." + i)
                    .statusCode(401)
                    .contentType(ContentType.JSON)
                    .body("message", allOf(containsString("GATEWATCH_ADMIN_TOKEN"), not(containsString("wrong-"))));
        }

        withHeader("Bearer wrong-again")
                .statusCode(429)
                .header("Retry-After", Integer::parseInt, lessThanOrEqualTo(60))
                .body("message", containsString("Too many wrong tokens"));
        withHeader("Bearer " + RIGHT).statusCode(400);
        withHeader("Bearer wrong-after-the-right-one").statusCode(429);
    }

    private static ValidatableResponse withHeader(String authorization) {
        return withHeader(authorization, "192.0.2.200");
    }

    /** The client forges its address in both headers, each time anew. */
    private static ValidatableResponse withHeader(String authorization, String forged) {
        var request = given().contentType(ContentType.JSON)
                .header("X-Forwarded-For", forged)
                .header("Forwarded", "for=" + forged)
                .body("{}");
        return (authorization == null ? request : request.header("Authorization", authorization))
                .post("/admin/stop")
                .then();
    }

    public static final class Settings implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "gatewatch.admin-token",
                    RIGHT,
                    "quarkus.http.proxy.proxy-address-forwarding",
                    "true",
                    "quarkus.http.proxy.allow-forwarded",
                    "true");
        }
    }
}
