package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long HTTP 429 asks to wait. */
class RequestedPauseTest {

    private final HttpHeaders headers = new DefaultHttpHeaders();

    /** Whatever our own clock says: the date of the answer is that of the clock which names the date to wait for. */
    @Test
    void aDateCountsFromTheAnswersOwnDate() {
        headers.set("Date", "Sun, 06 Nov 1994 08:49:00 GMT").set("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT");

        assertThat(RequestedPause.of(429, headers)).isEqualTo(Duration.ofSeconds(37));
        assertThat(RequestedPause.of(503, headers)).isNull();
    }

    @Test
    void aDateWithoutTheAnswersOwnDateCannotBeMeasured() {
        headers.set("Retry-After", "Fri, 01 Jan 2060 00:00:00 GMT").set("X-RateLimit-Reset-After", "1.5");

        assertThat(RequestedPause.of(429, headers)).isEqualTo(Duration.ofMillis(1_500));
    }

    @Test
    void discord4jIsGivenAnHourAtMostAndAMinuteForWhatCannotBeMeasured() {
        headers.set("Retry-After", "999999");
        RequestedPause.simplify(headers);
        assertThat(headers.get("Retry-After")).isEqualTo("3600");

        headers.set("Retry-After", "Fri, 01 Jan 2060 00:00:00 GMT");
        RequestedPause.simplify(headers);
        assertThat(headers.get("Retry-After")).isEqualTo("60");
    }

    @Test
    void whatCannotBeReadLeavesTheWordToTheNextHeader() {
        headers.set("Retry-After", "soon").set("X-RateLimit-Reset-After", "1.5");

        assertThat(RequestedPause.of(429, headers)).isEqualTo(Duration.ofMillis(1_500));
    }

    @Test
    void discord4jIsGivenWholeSeconds() {
        headers.set("Date", "Sun, 06 Nov 1994 08:49:00 GMT").set("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT");
        RequestedPause.simplify(headers);
        assertThat(headers.get("Retry-After")).isEqualTo("37");

        headers.set("Retry-After", "0.2");
        RequestedPause.simplify(headers);
        assertThat(headers.get("Retry-After")).isEqualTo("1");
    }

    @Test
    void anAnswerThatAsksForNoPauseIsLeftAlone() {
        RequestedPause.simplify(headers);

        assertThat(headers).isEmpty();
    }
}
