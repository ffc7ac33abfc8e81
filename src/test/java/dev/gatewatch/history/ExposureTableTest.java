package dev.gatewatch.history;

import static dev.gatewatch.ExposureTable.most;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The limits that the tests of each hold are those that the README promises. */
class ExposureTableTest {

    @Test
    void promisesTheLimitsOfQuestions() {
        assertThat(most("waiting questions about uptime or availability")).isEqualTo("" + HistoryEngine.MOST_WAITING);
        assertThat(most("the age of facts that a live stream catches up on"))
                .isEqualTo(EventTail.OLDEST.toHours() + " h");
    }
}
