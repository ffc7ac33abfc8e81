package dev.gatewatch.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.LoggedLines;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whose word about a client's address counts. */
@QuarkusTest
@TestProfile(ProxyTrustTest.Settings.class)
class ProxyTrustTest {

    private static final String ADMIN = "rule-me-2b9c";

    @Test
    void theAddressThatTheProxyAddedCountsAndNotWhatItsClientClaimed() {
        assertThat(refusalFrom("6.6.6.6, 192.0.2.7")).contains("came from 192.0.2.7;");
        assertThat(refusalFrom("127.0.0.1, 192.0.2.8")).contains("came from 192.0.2.8;");
        assertThat(refusalFrom("6.6.6.6", "192.0.2.12"))
                .as("a proxy that adds a header of its own")
                .contains("came from 192.0.2.12;");
        assertThat(refusalFrom("2001:db8::7")).contains("came from 2001:db8::7;");
        assertThat(refusalFrom("6.6.6.6:1, 192.0.2.13:50412"))
                .as("a proxy that adds the port")
                .contains("came from 192.0.2.13;");
        assertThat(refusalFrom("192.0.2.11, forged; by nobody")).contains("came from " + ClientAddress.UNKNOWN + ";");
    }

    @Test
    void wrongTokensAreCountedByTheAddressThatTheProxyAdded() {
        for (int i = 0; i < WrongTokens.PER_CLIENT; i++) {
            assertThat(wrongTokenFrom("10.0.0." + i + ", 192.0.2.9")).isEqualTo(401);
        }

        assertThat(wrongTokenFrom("10.0.1.1, 192.0.2.9")).isEqualTo(429);
        assertThat(wrongTokenFrom("10.0.1.1, 192.0.2.10")).isEqualTo(401);
    }

    @Test
    void theStartWarnsWhenEverybodyIsBelieved() {
        try (LoggedLines log = new LoggedLines(ProxyTrust.class.getName())) {
            new ProxyTrust(true, Optional.of(List.of("10.0.0.2"))).check(new StartupEvent());
            new ProxyTrust(false, Optional.empty()).check(new StartupEvent());
            assertThat(log.lines()).isEmpty();

            new ProxyTrust(true, Optional.empty()).check(new StartupEvent());
            assertThat(log.lines()).singleElement().asString().contains("QUARKUS_HTTP_PROXY_TRUSTED_PROXIES");
        }
    }

    private static String refusalFrom(String... forwarded) {
        try (LoggedLines log = new LoggedLines(WrongTokens.class.getName())) {
            assertThat(wrongTokenFrom(forwarded)).isEqualTo(401);
            return String.join("\n", log.lines());
        }
    }

    private static int wrongTokenFrom(String... forwarded) {
        return given().header(
                        "X-Forwarded-For", forwarded[0], (Object[]) Arrays.copyOfRange(forwarded, 1, forwarded.length))
                .header("Authorization", "Bearer no")
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/admin/stop")
                .statusCode();
    }

    public static final class Settings implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "gatewatch.admin-token",
                    ADMIN,
                    "quarkus.http.proxy.proxy-address-forwarding",
                    "true",
                    "quarkus.http.proxy.trusted-proxies",
                    "127.0.0.1");
        }
    }
}
