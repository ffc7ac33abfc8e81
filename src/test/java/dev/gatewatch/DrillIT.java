package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code drill} as anyone runs it: the packaged program, on a handful of quick faults. */
class DrillIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void measuresOurOwnServiceAndReportsInJson() throws Exception {
        PackagedProgram.Outcome outcome = PackagedProgram.run(
                Map.of(),
                "drill",
                "--fault",
                "close/4000,close/4009,drop,unknown-event",
                "--json",
                "--seed",
                "7",
                "--settle",
                "500ms");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        JsonNode report = JSON.readTree(outcome.out());
        assertThat(report.path("complete").asBoolean()).isTrue();
        assertThat(report.path("good").asBoolean()).isTrue();
        assertThat(report.at("/conditions/seed").asLong()).isEqualTo(7);
        assertThat(report.at("/conditions/gatewatch").asText()).isEqualTo(Version.current());
        assertThat(report.path("drills").findValuesAsText("drill"))
                .containsExactly("close/4000", "close/4009", "drop", "unknown-event");
        assertThat(report.at("/drills/0/outcomes/0").asText()).isEqualTo("resumed");
        assertThat(report.at("/drills/0/identifies").asInt()).isZero();
        assertThat(report.at("/drills/0/recovered/median").asDouble()).isPositive();
        assertThat(report.at("/drills/0/lost").asInt()).isZero();
        assertThat(report.at("/drills/1/outcomes/0").asText()).isEqualTo("identified");
        assertThat(report.at("/drills/1/identifies").asInt()).isEqualTo(1);
        assertThat(report.at("/drills/3/outcomes/0").asText()).isEqualTo("kept");
        assertThat(report.path("runs")).hasSize(4);
        assertThat(outcome.err()).contains("[1/4] close/4000, run 1: resumed after ");
    }

    @Test
    void writesMarkdownThatGoesIntoTheReadme() throws Exception {
        PackagedProgram.Outcome outcome =
                PackagedProgram.run(Map.of(), "drill", "--fault", "reconnect", "--markdown", "--settle", "500ms");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).startsWith("| fault | ").contains("| `reconnect` | ");
    }

    @Test
    void failsWhenABotDoesNotComeBack() throws Exception {
        try (Drilling drilling = Drilling.start("--wait", "--fault", "close/4004,close/1000")) {
            try (BotProcess bot = drilling.connectStock()) {
                drilling.awaitProgress("close/4004, run 1: stopped");
            }
            assertThat(drilling.exitCode()).isEqualTo(1);
            assertThat(drilling.err()).contains("the bot is not connected: close/1000 not begun");
            assertThat(drilling.out()).contains("1 of 2 runs, then stopped");
        }
    }

    @Test
    void measuresAnyBotThatLogsIn() throws Exception {
        try (Drilling drilling = Drilling.start("--wait", "--fault", "close/1000,reconnect", "--json");
                BotProcess bot = drilling.connectStock()) {
            assertThat(drilling.exitCode()).as(drilling.err()).isZero();
            assertThat(JSON.readTree(drilling.out()).at("/conditions/bot").asText())
                    .isEqualTo("another bot");
        }
    }

    @Test
    void reportsWhatWasDoneWhenItIsInterrupted() throws Exception {
        try (Drilling drilling = Drilling.start("--fault", "close/1000,refuse", "--json")) {
            drilling.awaitProgress("close/1000, run 1: ");
            drilling.interrupt();

            assertThat(drilling.exitCode()).isEqualTo(130);
            JsonNode report = JSON.readTree(drilling.out());
            assertThat(report.path("complete").asBoolean()).isFalse();
            assertThat(report.path("runs")).hasSize(1);
        }
    }
}
