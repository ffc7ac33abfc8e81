package dev.gatewatch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follows from each answer. */
class AnswerTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "200, DELIVERED",
        "204, DELIVERED",
        "202, DELIVERED",
        "408, RETRIED",
        "425, RETRIED",
        "429, RETRIED",
        "500, RETRIED",
        "502, RETRIED",
        "503, RETRIED",
        "599, RETRIED",
        "401, GONE",
        "403, GONE",
        "404, GONE",
        "410, GONE",
        "301, GONE",
        "302, GONE",
        "303, GONE",
        "307, GONE",
        "308, GONE",
        "400, REFUSED",
        "405, REFUSED",
        "413, REFUSED",
        "422, REFUSED",
        "304, REFUSED",
        "100, REFUSED",
    })
    void judgesEveryStatus(int status, Delivery.Outcome outcome) {
        Delivery delivery = new Answer(status, null, null, "").judge(NOW);

        assertThat(delivery.outcome()).isEqualTo(outcome);
        assertThat(delivery.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "429 | 7                             |      |                        | PT7S",
                "429 | 0.25                          |      |                        | PT0.25S",
                "429 | Tue, 24 Nov 2026 12:00:30 GMT |      |                        | PT30S",
                "429 | Tue, 24 Nov 2026 11:00:00 GMT |      |                        | PT0S",
                "503 | 120                           |      |                        | PT2M",
                "429 |                               | 1.5  |                        | PT1.5S",
                "429 |                               |      | {\"retry_after\":0.65} | PT0.65S",
                "429 | soon                          |      | {\"retry_after\":3}    | PT3S",
                "429 | -1                            |      |                        |",
                "429 | NaN                           |      |                        |",
                "429 |                               |      | <html>                 |",
                "429 | 86400                         |      |                        | PT1H",
                "404 | 7                             |      |                        |",
            })
    void waitsAsLongAsItIsAskedToButNotForEver(
            int status, String retryAfter, String resetAfter, String body, Duration expected) {
        Answer answer = new Answer(status, retryAfter, resetAfter, body == null ? "" : body);

        assertThat(answer.judge(NOW).retryAfter()).isEqualTo(expected);
    }
}
