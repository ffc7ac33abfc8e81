package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatewatch.log.LogEvent;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The packaged program's log, as a terminal shows it and as a collector reads it. */
class LogFormatIT {

    private static final Pattern TEXT = Pattern.compile(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d) (INFO |WARN |ERROR) \\[\\w+] .+");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void isOneJsonObjectALineInWhichEveryLineOfOursHasAnEventAndEachAttemptAnId() throws Exception {
        String log = logOf(Map.of("GATEWATCH_LOG_FORMAT", "JSON"));

        List<JsonNode> lines = log.lines().map(LogFormatIT::json).toList();
        Set<String> known = Arrays.stream(LogEvent.values()).map(LogEvent::id).collect(Collectors.toSet());
        List<JsonNode> ours = lines.stream()
                .filter(line -> line.path("loggerName").asText().startsWith("dev.gatewatch"))
                .toList();

        assertThat(lines).allSatisfy(line -> {
            assertThat(line.path("timestamp").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.+");
            assertThat(line.path("level").asText()).isIn("INFO", "WARN", "ERROR");
            assertThat(line.path("message").asText()).isNotEmpty();
        });
        assertThat(ours).allSatisfy(line -> assertThat(known).contains(event(line)));
        assertThat(ours.stream().map(LogFormatIT::event))
                .contains("shard_started", "identify_sent", "connected", "disconnected", "recovery_planned", "resumed");
        assertThat(attempts(ours, "connected")).hasSize(1);
        assertThat(attempts(ours, "disconnected")).containsAll(attempts(ours, "connected"));
        assertThat(attempts(ours, "resumed")).hasSize(1).doesNotContainAnyElementsOf(attempts(ours, "connected"));
        assertThat(attempts(ours, "connected").iterator().next()).matches("0-[0-9a-z]{8}");
    }

    @Test
    void isReadableLinesWhenNothingIsSet() throws Exception {
        List<String> lines = logOf(Map.of()).lines().toList();

        assertThat(lines).allMatch(line -> TEXT.matcher(line).matches());
        assertThat(lines).anyMatch(line -> line.matches(".* shard 0 disconnected: Closed with 4000 .* 0-[0-9a-z]{8}"));
    }

    /** What it prints from the start to a resume and its end. */
    private static String logOf(Map<String, String> format) throws IOException, InterruptedException {
        SimulatorOptions options = SimulatorOptions.defaults().withPort(0).withHeartbeatInterval(Duration.ofSeconds(2));
        try (Simulator simulator = Simulator.start(options);
                RunningService service = RunningService.startAgainst(simulator, format)) {
            service.awaitConnected();
            simulator.faults().inject("close", Map.of("code", 4000));
            service.awaitLog("events replayed");
            assertThat(service.terminate()).isIn(0, 143);
            return service.log();
        }
    }

    private static Set<String> attempts(List<JsonNode> lines, String event) {
        return lines.stream()
                .filter(line -> event(line).equals(event))
                .map(line -> line.path("mdc").path("attempt_id").asText())
                .collect(Collectors.toSet());
    }

    private static String event(JsonNode line) {
        return line.path("mdc").path("event").asText();
    }

    private static JsonNode json(String line) {
        try {
            JsonNode parsed = JSON.readTree(line);
            assertThat(parsed.isObject()).as(line).isTrue();
            return parsed;
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }
}
