package dev.gatewatch.bot;

import dev.gatewatch.simulator.Rules;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Starts the simulator, and tells the service under test where it is. */
public class SimulatedDiscord implements QuarkusTestResourceLifecycleManager {

    /** So that a starved machine fails no test; the packaged program is held to Discord's own 3 s by {@code CommandsIT}. */
    private static final Rules.InteractionTimes PATIENT =
            new Rules.InteractionTimes(Duration.ofSeconds(20), Duration.ofMinutes(15));

    private Simulator simulator;

    @Override
    public Map<String, String> start() {
        simulator = Simulator.start(SimulatorOptions.defaults()
                .withPort(0)
                .withHeartbeatInterval(Duration.ofSeconds(10))
                .withRules(
                        Rules.discord().withIdentifies(1, Duration.ZERO, 1_000).withInteractionTimes(PATIENT)));
        try {
            Map<String, String> settings = new HashMap<>(Map.of(
                    "discord.token", simulator.token(),
                    "discord.api-base-url", simulator.apiBaseUrl().toString(),
                    "discord.reconnect-delay", "100ms",
                    "gatewatch.history-enabled", "true",
                    "gatewatch.incident-blip", "0s",
                    "gatewatch.data-dir", Files.createTempDirectory("bot").toString(),
                    "gatewatch.commands-deadline", "4s",
                    "gatewatch.commands-concurrency", "2",
                    "quarkus.http.test-port", "0",
                    "test.simulator", simulator.controlUrl().toString()));
            settings.put("gatewatch.commands-public", "silent");
            settings.put("gatewatch.commands-disabled", "late-night");
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        simulator.close();
    }
}
