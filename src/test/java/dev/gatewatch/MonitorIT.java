package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** {@code check}, and {@code monitor} where there is no terminal: the packaged program against the packaged service. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MonitorIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Simulator simulator;
    private RunningService service;

    @BeforeAll
    void start() throws Exception {
        simulator = Simulator.start(SimulatorOptions.defaults().withPort(0));
        service = RunningService.startAgainst(simulator, Map.of());
        service.await(status -> status.path("status").asText().equals("connected")
                && status.path("users").asInt() == 1_250
                && !status.path("latency").isNull());
    }

    @AfterAll
    void stop() throws Exception {
        service.close();
        simulator.close();
    }

    @Test
    @Order(1)
    void exitsWith0WhileConnected() throws Exception {
        var outcome = PackagedProgram.run(
                Map.of(), "check", "--url", service.address("").toString());

        assertThat(outcome.exitCode()).as(outcome.out()).isZero();
        assertThat(outcome.out())
                .matches(
                        "GATEWATCH OK: connected for [^|]+, latency [\\d.]+ ms, 5 guilds, 1,250 users \\| latency=[\\d.]+ms;;;0 "
                                + "uptime=\\d+s;;;0 guilds=5;;;0 users=1250;;;0 attempts=0;;;0 recent_errors=0;;;0 "
                                + "identifies_left=\\d+;;;0;1000\\R");
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    @Order(2)
    void findsTheServiceOfItsOwnContainerByThePortThatIsSet() throws Exception {
        String port = Integer.toString(service.address("").getPort());
        var outcome = PackagedProgram.run(Map.of("QUARKUS_HTTP_PORT", port), "monitor", "--once");

        assertThat(outcome.exitCode()).as(outcome.out()).isZero();
        assertThat(outcome.out()).startsWith("GATEWATCH OK: connected");
    }

    @Test
    @Order(3)
    void printsOneJsonObjectALine() throws Exception {
        List<String> lines = lines(
                "monitor --json --interval 1s --url " + service.address("").toString(), 2);

        for (String line : lines) {
            JsonNode seen = JSON.readTree(line);
            assertThat(seen.path("result").asText()).isEqualTo("ok");
            assertThat(seen.path("exit_code").asInt()).isZero();
            assertThat(seen.path("failures").asInt()).isZero();
            assertThat(seen.path("trouble").isNull()).isTrue();
            assertThat(seen.at("/discord_status/users").asInt()).isEqualTo(1_250);
            assertThat(seen.at("/discord_status/shards/0/phase").asText()).isEqualTo("connected");
        }
    }

    @Test
    @Order(4)
    void printsAPlainBlockPerIntervalWhereThereIsNoTerminal() throws Exception {
        String text = String.join(
                "\n", lines("monitor --interval 1s --url " + service.address("").toString(), 14));

        assertThat(text)
                .contains("OK: connected for ")
                .containsPattern("  latency        [\\d.]+ ms\n  guilds         5\n  users          1,250\n")
                .doesNotContain("\u001B");
        assertThat(text.split("OK: connected for ")).hasSize(3);
    }

    @Test
    @Order(5)
    void exitsWith3AndSaysWhyWhereNobodyAnswers() throws Exception {
        var outcome = PackagedProgram.run(Map.of(), "check", "--json", "--url", "http://127.0.0.1:1");

        assertThat(outcome.exitCode()).isEqualTo(3);
        JsonNode seen = JSON.readTree(outcome.out());
        assertThat(seen.path("result").asText()).isEqualTo("unknown");
        assertThat(seen.path("trouble").asText()).isEqualTo("unreachable");
        assertThat(seen.path("reason").asText()).contains("Nobody answers");
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    @Order(5)
    void saysThatTheServiceSpeaksNoTls() throws Exception {
        String address = service.address("").toString().replace("http:", "https:");
        var outcome = PackagedProgram.run(Map.of(), "check", "--json", "--url", address);

        assertThat(outcome.exitCode()).isEqualTo(3);
        JsonNode seen = JSON.readTree(outcome.out());
        assertThat(seen.path("trouble").asText()).as(outcome.out()).isEqualTo("tls");
        assertThat(seen.path("reason").asText()).contains("http instead of https");
    }

    @Test
    @Order(5)
    void showsTheReadTokenToAServiceThatWantsOne() throws Exception {
        try (RunningService locked =
                RunningService.start(Map.of("GATEWATCH_READ_TOKEN", "a-read-token-of-some-length"))) {
            Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> locked.status("/q/health/started") == 200);
            String url = locked.address("").toString();

            var without = PackagedProgram.run(Map.of(), "check", "--url", url);
            assertThat(without.exitCode()).isEqualTo(3);
            assertThat(without.out()).contains("wants a token").contains("GATEWATCH_READ_TOKEN");
            var wrong = PackagedProgram.run(Map.of(), "check", "--url", url, "--token", "not-that-one");
            assertThat(wrong.exitCode()).isEqualTo(3);
            assertThat(wrong.out()).contains("does not accept this token").doesNotContain("not-that-one");
            var right = PackagedProgram.run(
                    Map.of("GATEWATCH_READ_TOKEN", "a-read-token-of-some-length"), "check", "--url", url);
            assertThat(right.exitCode()).as(right.out()).isEqualTo(2);
            assertThat(right.out()).startsWith("GATEWATCH CRITICAL: stopped: ").contains("DISCORD_TOKEN");
        }
    }

    @Test
    @Order(6)
    void exitsWith1WhileItIsBeingWonBack() throws Exception {
        simulator.faults().inject("refuse", Map.of("seconds", 120));
        service.await(status -> status.path("attempts").asInt() > 0
                || !status.path("status").asText().equals("connected"));
        var outcome = PackagedProgram.run(
                Map.of(), "check", "--url", service.address("").toString());

        assertThat(outcome.exitCode()).as(outcome.out()).isEqualTo(1);
        assertThat(outcome.out()).startsWith("GATEWATCH WARNING: ");
        simulator.faults().healAll();
        service.awaitConnected();
    }

    @Test
    @Order(7)
    void exitsWith2WhenOnlyAPersonCanHelp() throws Exception {
        simulator.faults().inject("close", Map.of("code", 4004));
        service.await(status -> status.path("status").asText().equals("stopped"));
        var outcome = PackagedProgram.run(
                Map.of(), "check", "--url", service.address("").toString());

        assertThat(outcome.exitCode()).as(outcome.out()).isEqualTo(2);
        assertThat(outcome.out()).startsWith("GATEWATCH CRITICAL: stopped: ").contains("4004");
    }

    /** The first lines of what runs until its reader goes away, which must end it. */
    private static List<String> lines(String arguments, int count) throws Exception {
        String program = String.join(" ", PackagedProgram.command());
        Process process = new ProcessBuilder("sh", "-c", program + " " + arguments + " | head -n " + count)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(text.lines().count()).isEqualTo(count);
        return text.lines().toList();
    }
}
