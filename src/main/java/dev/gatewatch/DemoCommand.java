package dev.gatewatch;

import dev.gatewatch.log.LogEvent;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import dev.gatewatch.simulator.SimulatorOptions.Scenario;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The service and a simulated Discord in one process: no account, no token. */
@Command(
        name = "demo",
        description = "The service and a simulated Discord in one process; no Discord account is needed.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class DemoCommand implements Callable<Integer> {

    private static final Logger LOG = Logger.getLogger("dev.gatewatch");

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            defaultValue = "GENTLE",
            description = "Which faults happen by themselves: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Scenario scenario = Scenario.GENTLE;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            converter = PortConverter.class,
            description = "The simulator's port; default: 8765, or a free one when that is taken.")
    private @Nullable Integer port;

    @Option(
            names = "--alerts",
            description =
                    "Sends alerts of simulated outages to GATEWATCH_ALERT_TARGETS; without it the demo sends none.")
    private boolean alerts;

    @Override
    public Integer call() {
        RawSettings raw = RawSettings.read().without(Setting.TOKEN, Setting.TOKEN_FILE, Setting.API_BASE_URL);
        ConfigReport report = ConfigCheck.check(raw);
        if (!Service.isReady(report)) {
            return 1;
        }
        Path dataDir = DemoSimulator.dataDir(report).resolve("demo");
        try {
            Simulator simulator = DemoSimulator.start(options(dataDir), port != null);
            LogEvent.DEMO_STARTED.log(LOG, "%s", welcome(raw, simulator));
            Service.run(raw, report, DemoSimulator.settingsFor(simulator, raw, dataDir, alerts));
        } finally {
            DemoSimulator.stop();
        }
        return 0;
    }

    private SimulatorOptions options(Path dataDir) {
        SimulatorOptions options =
                SimulatorOptions.defaults().withScenario(scenario).withDataDir(dataDir);
        return port == null ? options : options.withPort(port);
    }

    private String welcome(RawSettings raw, Simulator simulator) {
        String why = Launch.isDev()
                ? "No DISCORD_TOKEN is set, so this plays against a simulated Discord"
                : "Demo against a simulated Discord";
        return why + ": service http://localhost:"
                + raw.valueOrDefault(Setting.HTTP_PORT).strip() + "/discord-status, simulator http://127.0.0.1:"
                + simulator.port() + "/_sim/state"
                + (!alerts && raw.has(Setting.ALERT_TARGETS)
                        ? ". Without --alerts nothing is sent to GATEWATCH_ALERT_TARGETS"
                        : "");
    }
}
