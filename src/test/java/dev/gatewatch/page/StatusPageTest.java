package dev.gatewatch.page;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the page is served; what it shows is for the browser's tests. */
@QuarkusTest
class StatusPageTest {

    private static final Pattern ASSET = Pattern.compile("(?:src|href)=\"(/static/bundle/[^\"]+)\"");

    @Test
    void isHtmlThatMayOnlyLoadFromItsOwnOriginAndRunsNothingInline() {
        String html = page().asString();

        assertThat(page().header("Content-Security-Policy"))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                .contains("connect-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(html)
                .contains("<html lang=\"en\"", "<noscript>")
                .doesNotContain("<style", "style=\"", "http://", "https://");
        assertThat(Pattern.compile("<script(?![^>]* src=)").matcher(html).find())
                .isFalse();
    }

    @Test
    void isAskedForAnewEachTimeYetSentOnlyWhenItChanged() {
        String tag = page().header("ETag");

        assertThat(page().header("Cache-Control")).isEqualTo("no-cache");
        given().header("If-None-Match", tag).get("/").then().statusCode(304).header("ETag", equalTo(tag));
        given().header("If-None-Match", "\"other\"").get("/").then().statusCode(200);
    }

    @Test
    void whatAProxySaysIsNotBelievedUnlessThatIsSet() {
        Response answer = given().header("X-Forwarded-Proto", "https").get("/");

        assertThat(answer.headers().hasHeaderWithName("Strict-Transport-Security"))
                .isFalse();
    }

    @Test
    void aFileThatIsNotThereIsNotKeptForEver() {
        when().get("/static/bundle/main-OLDHASH1.js").then().statusCode(404).header("Cache-Control", "no-store");
    }

    @Test
    void namesItsScriptAndStyleByTheirContentSoThatTheyMayBeKeptForEver() {
        List<String> assets = ASSET.matcher(page().asString())
                .results()
                .map(MatchResult::group)
                .map(found -> found.replaceAll(".*\"(.+)\"", "$1"))
                .toList();

        assertThat(assets).hasSize(2).allMatch(asset -> asset.matches("/static/bundle/main-[A-Z0-9]{8}\\.(js|css)"));
        for (String asset : assets) {
            when().get(asset)
                    .then()
                    .statusCode(200)
                    .header("Cache-Control", "public, max-age=31536000, immutable")
                    .header("X-Content-Type-Options", "nosniff")
                    .contentType(startsWith(asset.endsWith(".js") ? "text/javascript" : "text/css"));
        }
    }

    @Test
    void mayBeFramedByOthersOnlyAsTheCard() {
        when().get("/?embed")
                .then()
                .statusCode(200)
                .header("Content-Security-Policy", containsString("frame-ancestors *"))
                .header("X-Frame-Options", nullValue());
        when().get("/").then().header("X-Frame-Options", "DENY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?embed",
                "?embed=",
                "?a;embed",
                "?embed;a",
                "?a&embed",
                "?xembed",
                "?EMBED",
                "?%65mbed",
                "?a=;embed&b"
            })
    void aDocumentThatOthersMayFrameIsTheCardAndNoOtherIs(String query) {
        Response answer = given().urlEncodingEnabled(false).get("/" + query);

        boolean framed = answer.header("Content-Security-Policy").contains("frame-ancestors *");
        assertThat(answer.asString().contains("<html lang=\"en\" data-demo=\"false\" data-embed>"))
                .isEqualTo(framed);
    }

    @Test
    void theCardIsNotTakenForThePageByItsTag() {
        given().header("If-None-Match", page().header("ETag"))
                .get("/?embed")
                .then()
                .statusCode(200);
    }

    @Test
    void hasNoDrillsOutsideTheDemo() {
        assertThat(page().asString()).contains("data-demo=\"false\"").doesNotContain("id=\"drill\"");
        when().get("/demo/faults").then().statusCode(404).body("message", containsString("nothing at /demo/faults"));
        given().contentType(ContentType.JSON)
                .body(Map.of("fault", "drop"))
                .post("/demo/faults")
                .then()
                .statusCode(404);
        when().delete("/demo/faults").then().statusCode(404);
        when().delete("/demo/faults/1").then().statusCode(404);
        when().put("/demo/bot").then().statusCode(404);
    }

    private static Response page() {
        return when().get("/")
                .then()
                .statusCode(200)
                .contentType(startsWith("text/html"))
                .extract()
                .response();
    }
}
