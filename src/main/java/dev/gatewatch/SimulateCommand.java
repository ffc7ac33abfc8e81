package dev.gatewatch;

import dev.gatewatch.simulator.Rules;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import dev.gatewatch.simulator.SimulatorOptions.Scenario;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The simulated Discord alone; never starts Quarkus. */
@Command(
        name = "simulate",
        description = "A simulated Discord alone: REST API, gateway and faults on demand, on one loopback port.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class SimulateCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8765",
            converter = PortConverter.class,
            description = "Where it listens, 0 for any free port (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The address it listens on; 0.0.0.0 in a container (default: ${DEFAULT-VALUE}).")
    private String host = "127.0.0.1";

    @Option(
            names = "--guilds",
            paramLabel = "COUNT",
            defaultValue = "5",
            description = "How many guilds the bot is in (default: ${DEFAULT-VALUE}).")
    private int guilds;

    @Option(
            names = "--members",
            paramLabel = "COUNT",
            defaultValue = "1250",
            description = "How many members the guilds have in all (default: ${DEFAULT-VALUE}).")
    private int members;

    @Option(
            names = "--heartbeat-interval",
            paramLabel = "DURATION",
            defaultValue = "41250ms",
            converter = DurationOption.class,
            description = "What HELLO tells clients, for example 41250ms, 5s or PT1M (default: ${DEFAULT-VALUE}).")
    private Duration heartbeatInterval = Duration.ofMillis(41_250);

    @Option(
            names = "--tls-port",
            paramLabel = "PORT",
            converter = PortConverter.class,
            description = "A second port, for clients that speak TLS only or that ignore the port of an address, "
                    + "for example 443; 0 for any free port (default: none). Both ports speak TLS and plain HTTP.")
    private @Nullable Integer tlsPort;

    @Option(
            names = "--hello-delay",
            paramLabel = "DURATION",
            defaultValue = "20ms",
            converter = DurationOption.OrZero.class,
            description =
                    "How long after the upgrade's answer HELLO comes; with 0 both leave in one TCP segment, which "
                            + "some clients lose (default: ${DEFAULT-VALUE}).")
    private Duration helloDelay = Rules.Handshake.DISCORD.helloDelay();

    @Option(
            names = "--identify-refusal-delay",
            paramLabel = "DURATION",
            defaultValue = "2s",
            converter = DurationOption.OrZero.class,
            description = "How long after an IDENTIFY that came too soon its op 9 comes (default: ${DEFAULT-VALUE}).")
    private Duration identifyRefusalDelay = Rules.Handshake.DISCORD.identifyRefusalDelay();

    @Option(
            names = "--keep-older-connection",
            description =
                    "After a RESUME of a session that is still connected, both connections stay open and get every "
                            + "event. Without this option the older one ends; Discord does not document either.")
    private boolean keepOlderConnection;

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            defaultValue = "CALM",
            description = "Which faults happen by themselves: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Scenario scenario = Scenario.CALM;

    @Override
    public Integer call() throws InterruptedException {
        requireNotNegative("--guilds", guilds);
        requireNotNegative("--members", members);
        ConfigReport report = ConfigCheck.check(RawSettings.read().only(Setting.DATA_DIR));
        if (!report.isGood()) {
            spec.commandLine().getErr().println(report.message());
            return 1;
        }
        if (DemoSimulator.isTaken(port)) {
            throw new PortTakenException(port);
        }
        if (tlsPort != null && DemoSimulator.isTaken(tlsPort)) {
            throw new PortTakenException(tlsPort, "--tls-port");
        }
        PlainLogging.start();
        Simulator simulator = Simulator.start(options(report));
        Sigterm.exitsWithZero();
        Runtime.getRuntime().addShutdownHook(new Thread(simulator::close, "simulator-shutdown"));
        System.out.println("Simulating Discord: API base URL " + simulator.apiBaseUrl() + ", token " + simulator.token()
                + ", state http://127.0.0.1:" + simulator.port() + "/_sim/state" + overTls(simulator)
                + "; Ctrl+C stops it");
        new CountDownLatch(1).await(); // until a signal ends the process
        return 0;
    }

    private static String overTls(Simulator simulator) {
        return simulator.tlsPort().isEmpty()
                ? ""
                : ", over TLS https://127.0.0.1:%d/api/v10 with the certificate http://127.0.0.1:%d/_sim/certificate"
                        .formatted(simulator.tlsPort().getAsInt(), simulator.port());
    }

    private SimulatorOptions options(ConfigReport report) {
        return SimulatorOptions.defaults()
                .withPort(port)
                .withHost(host)
                .withGuilds(guilds, members)
                .withHeartbeatInterval(heartbeatInterval)
                .withScenario(scenario)
                .withTlsPort(tlsPort)
                .withRules(Rules.discord()
                        .withHelloDelay(helloDelay)
                        .withIdentifyRefusalDelay(identifyRefusalDelay)
                        .withResumeReplacesConnection(!keepOlderConnection))
                .withDataDir(DemoSimulator.dataDir(report));
    }

    private void requireNotNegative(String option, int value) {
        if (value < 0) {
            throw new ParameterException(
                    spec.commandLine(), "Invalid value for option '" + option + "': '" + value + "' is below 0");
        }
    }
}
