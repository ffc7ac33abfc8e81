package dev.gatewatch.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("1994-11-06T08:49:07Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "30",
                "30.0",
                " 30 ",
                "29.9999",
                "Sun, 06 Nov 1994 08:49:37 GMT",
                "Sun, 6 Nov 1994 08:49:37 GMT",
                "Sun Nov  6 08:49:37 1994"
            })
    void readsSecondsAndDates(String value) {
        assertThat(RetryAfter.read(value, NOW)).contains(Duration.ofSeconds(30));
    }

    /** Its year has two digits, which are those of this century. */
    @Test
    void readsTheObsoleteFormOfDates() {
        assertThat(RetryAfter.read("Saturday, 05-Dec-26 08:00:30 GMT", Instant.parse("2026-12-05T08:00:00Z")))
                .contains(Duration.ofSeconds(30));
    }

    @Test
    void aDateThatIsPastAsksForNoWait() {
        assertThat(RetryAfter.read("Sun, 06 Nov 1994 08:49:00 GMT", NOW)).contains(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "soon", "-1", "NaN", "1e12", "Sun, 06 Nov 9994 08:49:37 GMT", "Sun, 41 Nov 1994 08:49:37 GMT"
            })
    void whatMakesNoSenseAsksForNothing(String value) {
        assertThat(RetryAfter.read(value, NOW)).isEmpty();
    }

    @Test
    void nothingAsksForNothing() {
        assertThat(RetryAfter.read(null, NOW)).isEmpty();
    }
}
