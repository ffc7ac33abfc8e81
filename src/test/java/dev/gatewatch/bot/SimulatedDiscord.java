package dev.gatewatch.bot;

import dev.gatewatch.SimulatorResource;
import dev.gatewatch.simulator.Rules;
import dev.gatewatch.simulator.SimulatorOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A simulator that waits long for answers, and the commands some of which are switched off. */
public class SimulatedDiscord extends SimulatorResource {

    /** So that a starved machine fails no test; the packaged program is held to Discord's own 3 s by {@code CommandsIT}. */
    private static final Rules.InteractionTimes PATIENT =
            new Rules.InteractionTimes(Duration.ofSeconds(20), Duration.ofMinutes(15));

    @Override
    protected SimulatorOptions options(SimulatorOptions usual) {
        return usual.withHeartbeatInterval(Duration.ofSeconds(10))
                .withRules(usual.rules().withInteractionTimes(PATIENT));
    }

    @Override
    protected void change(Map<String, String> settings, Path directory) {
        settings.put("gatewatch.incident-blip", "0s");
        settings.put("gatewatch.commands-deadline", "4s");
        settings.put("gatewatch.commands-concurrency", "2");
        settings.put("gatewatch.commands-public", "silent");
        settings.put("gatewatch.commands-disabled", "late-night");
    }
}
