package dev.gatewatch.gateway;

import static dev.gatewatch.ExposureTable.most;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The limits that the tests of each hold are those that the README promises. */
class ExposureTableTest {

    @Test
    void promisesTheLimitsOfWhatDiscordSends() {
        assertThat(most("a message of Discord's gateway, inflated")).isEqualTo((MessageLimit.MOST_BYTES >> 20) + " MB");
        assertThat(most("an answer of Discord's REST API, inflated")).isEqualTo((AnswerLimit.MOST_BYTES >> 20) + " MB");
    }
}
