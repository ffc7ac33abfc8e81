package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the demo's service is told, in an environment that was made for a real one. */
class DemoSimulatorTest {

    private static final String TARGET = "json:https://ops.example.org/hook";

    private final RawSettings raw = RawSettings.ofVariables(
            Map.of("GATEWATCH_ALERT_TARGETS", TARGET, "GATEWATCH_DEADMAN_URL", "https://hc.example.org/1"));

    @Test
    void keepsSimulatedOutagesFromTheRealAlertTargets() {
        assertThat(settings(false)).containsEntry(Setting.ALERT_TARGETS, "").containsEntry(Setting.DEADMAN_URL, "");
    }

    @Test
    void sendsAlertsWhenAskedTo() {
        assertThat(settings(true))
                .as("what is left out stays as it was set")
                .doesNotContainKey(Setting.ALERT_TARGETS)
                .containsEntry(Setting.DEADMAN_URL, "");
    }

    private Map<Setting, String> settings(boolean alerts) {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withPort(0))) {
            return DemoSimulator.settingsFor(simulator, raw, Path.of("data"), alerts);
        }
    }
}
