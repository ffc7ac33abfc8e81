package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    void leavesAloneWhatTheRealServiceBesideItUses() throws Exception {
        Path directory = Files.createTempDirectory("gatewatch");
        try (ServerSocket managementPort = new ServerSocket(0)) {
            Map<String, String> ofTheRealService = Map.of(
                    "GATEWATCH_DATA_DIR", directory.toString(),
                    "GATEWATCH_DATABASE_URL", "postgresql://gatewatch:secret@127.0.0.1:1/gatewatch",
                    "GATEWATCH_ALERT_TARGETS", "slack:http://127.0.0.1:1/hook",
                    "GATEWATCH_DEADMAN_URL", "http://127.0.0.1:1/ping",
                    "GATEWATCH_MANAGEMENT_PORT", Integer.toString(managementPort.getLocalPort()));

            PackagedProgram.Outcome outcome =
                    PackagedProgram.run(ofTheRealService, "drill", "--fault", "reconnect", "--settle", "500ms");

            assertThat(outcome.exitCode()).as(outcome.err()).isZero();
            assertThat(directory).isEmptyDirectory();
            assertThat(log(outcome))
                    .containsPattern("History in .*gatewatch-drill.*gatewatch.db")
                    .contains("No alerts are sent");
        }
    }

    private static String log(PackagedProgram.Outcome outcome) throws IOException {
        Matcher path = Pattern.compile("The service under drill logs to (\\S+)").matcher(outcome.err());
        assertThat(path.find()).as(outcome.err()).isTrue();
        return Files.readString(Path.of(path.group(1)));
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
