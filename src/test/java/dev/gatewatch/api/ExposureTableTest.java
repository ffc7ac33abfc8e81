package dev.gatewatch.api;

import static dev.gatewatch.ExposureTable.most;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The limits that the tests of each hold are those that the README promises. */
class ExposureTableTest {

    @Test
    void promisesTheLimitsOfRequests() {
        assertThat(most("a body")).isEqualTo(BodyGate.MOST_BYTES / 1_024 + " KB");
        assertThat(most("a note's body")).isEqualTo(BodyGate.MOST_BYTES_OF_A_NOTE / 1_024 + " KB");
        assertThat(most("all bodies at once")).isEqualTo((BodyGate.MOST_BYTES_AT_ONCE >> 20) + " MB");
        assertThat(most("the time for a body")).isEqualTo(BodyDeadline.DEADLINE.toSeconds() + " s");
        assertThat(most("connections of the management port")).isEqualTo("" + ManagementPort.MOST_CONNECTIONS);
        assertThat(most("requests without an answer on a connection")).isEqualTo("" + RequestIntake.UNANSWERED);
        assertThat(most("wrong tokens a minute from one address")).isEqualTo("" + WrongTokens.PER_CLIENT);
        assertThat(most("wrong tokens a minute from all")).isEqualTo("" + WrongTokens.ALL);
    }

    @Test
    void promisesTheLimitsThatQuarkusIsGiven() throws IOException {
        Properties given = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            given.load(file);
        }

        assertThat(given)
                .containsEntry(
                        "quarkus.http.limits.max-header-size", most("headers").replace(" KB", "K"))
                .containsEntry(
                        "quarkus.http.limits.max-connections",
                        most("connections").replace(",", ""))
                .containsEntry(
                        "quarkus.http.idle-timeout",
                        most("silence on a connection").replace(" min", "m"));
    }
}
