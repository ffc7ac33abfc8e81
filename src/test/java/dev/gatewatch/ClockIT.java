package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program is frozen, and its machine's clock is set, over real sockets. */
class ClockIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int FROZEN_SECONDS = 8;

    @TempDir
    Path directory;

    @Test
    void aFrozenProcessWasDown() throws Exception {
        try (Simulator simulator = simulator();
                RunningService service = RunningService.startAgainst(simulator, settings())) {
            service.awaitConnected();

            signal("STOP", service.pid());
            TimeUnit.SECONDS.sleep(FROZEN_SECONDS); // the time that is measured: nothing can be waited for meanwhile
            signal("CONT", service.pid());

            JsonNode incident =
                    awaitIncident(service, found -> !found.path("open").asBoolean());
            assertThat(incident.path("cause").asText()).isEqualTo("process_down");
            assertThat(incident.path("verdict").path("blame").asText()).isEqualTo("us");
            assertThat(incident.path("message").asText()).startsWith("This process did not run from 20");
            assertThat(incident.path("duration_seconds").asDouble()).isBetween(FROZEN_SECONDS - 1.0, 60.0);
            assertThat(day(service).path("total").path("downtime_seconds").asDouble())
                    .isGreaterThanOrEqualTo(FROZEN_SECONDS - 1);
            assertThat(service.get("/history/events?kind=process_paused").path("items"))
                    .hasSize(1);
            service.awaitLog("This process did not run from");
        }
    }

    @Test
    void aClockThatIsSetForwardByADayChangesNoDuration() throws Exception {
        SetMachine machine = SetMachine.in(directory, "+0");
        try (Simulator simulator = simulator();
                RunningService service = RunningService.startAgainst(simulator, machine.with(settings()))) {
            service.awaitConnected();

            machine.set("+1d");

            awaitFact(service, "clock_set");
            Instant tomorrow = Instant.now().plus(Duration.ofHours(23));
            JsonNode status =
                    service.await(found -> found.path("uptime_seconds").asDouble() < 600
                            && Instant.parse(found.path("last_connection").asText())
                                    .isAfter(tomorrow));
            assertThat(status.path("status").asText()).isEqualTo("connected");
            assertThat(day(service).path("total").path("watched_seconds").asDouble())
                    .isLessThan(600);
            assertThat(service.get("/history/incidents").path("items")).isEmpty();
            service.awaitLog("The clock was set forward by");
            assertThat(service.log()).doesNotContain("please report").doesNotContain("is said to be connected, but");
        }
    }

    @Test
    void anOutageThatBeganInTheYear2000IsAsLongAsItReallyWas() throws Exception {
        SetMachine machine = SetMachine.in(directory, "@2000-01-01 00:00:00");
        try (Simulator simulator = simulator()) {
            simulator.faults().inject("refuse", Map.of("seconds", 600));
            try (RunningService service = RunningService.startAgainst(simulator, machine.with(settings()))) {
                awaitIncident(
                        service,
                        found -> found.path("start").asText().startsWith("2000")
                                && found.path("open").asBoolean());

                machine.set("+0");
                awaitFact(service, "clock_set");
                simulator.faults().healAll();
                service.awaitConnected();

                JsonNode incident =
                        awaitIncident(service, found -> !found.path("open").asBoolean());
                assertThat(incident.path("start").asText()).doesNotStartWith("2000");
                assertThat(incident.path("duration_seconds").asDouble()).isBetween(0.0, 120.0);
                JsonNode total = day(service).path("total");
                assertThat(total.path("watched_seconds").asDouble()).isBetween(0.1, 300.0);
                assertThat(total.path("downtime_seconds").asDouble()).isLessThan(120);
            }
        }
    }

    private static Simulator simulator() {
        return Simulator.start(SimulatorOptions.defaults().withPort(0));
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("GATEWATCH_DATA_DIR", directory.resolve("state").toString());
        settings.put("GATEWATCH_INCIDENT_BLIP", "0s");
        settings.put("GATEWATCH_MONITOR_INTERVAL", "1s");
        settings.put("DISCORD_RECONNECT_DELAY", "100ms");
        settings.put("DISCORD_MAX_BACKOFF", "500ms");
        return settings;
    }

    private static JsonNode awaitIncident(RunningService service, Predicate<JsonNode> wanted) {
        return Awaitility.await("an incident")
                .atMost(PATIENCE)
                .until(
                        () -> service.get("/history/incidents").path("items").path(0),
                        found -> !found.isMissingNode() && wanted.test(found));
    }

    private static void awaitFact(RunningService service, String kind) {
        Awaitility.await("a fact of kind " + kind)
                .atMost(PATIENCE)
                .until(() -> service.get("/history/events?kind=" + kind)
                                .path("items")
                                .size()
                        > 0);
    }

    private static JsonNode day(RunningService service) {
        return service.get("/history/uptime").path("windows").path(0);
    }

    private static void signal(String name, long process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process))
                        .start()
                        .waitFor())
                .isZero();
    }
}
