package dev.gatewatch;

import dev.gatewatch.drill.Bot;
import dev.gatewatch.drill.Conditions;
import dev.gatewatch.drill.DrillReport;
import dev.gatewatch.drill.Drills;
import dev.gatewatch.drill.Lane;
import dev.gatewatch.drill.RunResult;
import dev.gatewatch.simulator.Rules;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Drills: faults struck on purpose, and how the service, or any other bot, gets over them. */
@Command(
        name = "drill",
        description = {
            "Strikes a bot with the simulator's faults and measures how it gets over them.",
            "The bot is our own service in this process, or with --wait whichever logs in."
        },
        footer = {
            "",
            "Exit code 1: a fault was not survived, or a rule of Discord's was broken.",
            "Ctrl+C reports what was done so far."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class DrillCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Option(
            names = "--fault",
            paramLabel = "NAME",
            split = ",",
            description = "Which faults, by commas: a fault's name, or a row's such as close/4009; default: all.")
    private List<String> faults = List.of();

    @Option(
            names = "--runs",
            paramLabel = "COUNT",
            defaultValue = "1",
            description = "How often each (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(names = "--wait", description = "Waits for another bot to log in, instead of drilling our own service.")
    private boolean wait;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            converter = PortConverter.class,
            description = "The simulator's port, 0 for any free port (default: ${DEFAULT-VALUE}).")
    private int port;

    @ArgGroup
    private Form form = new Form();

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            description = "Repeats the random choices of an earlier run; default: a new one, which the report names.")
    private @Nullable Long seed;

    @Option(
            names = "--settle",
            paramLabel = "DURATION",
            defaultValue = "1200ms",
            converter = DurationOption.class,
            description = "How long a connection must last to count as recovered (default: ${DEFAULT-VALUE}).")
    private Duration settle = Duration.ofMillis(1_200);

    @Option(
            names = "--heartbeat-interval",
            paramLabel = "DURATION",
            defaultValue = "2s",
            converter = DurationOption.class,
            description = "What HELLO tells the bot; Discord's is 41250ms (default: ${DEFAULT-VALUE}).")
    private Duration heartbeatInterval = Duration.ofSeconds(2);

    @Option(
            names = "--rest",
            paramLabel = "DURATION",
            defaultValue = "61s",
            converter = DurationOption.class,
            description = {
                "After five sessions in a row that were shorter than this, the next one is left alone for as long:",
                "a bot does well to slow down then, and that is not what is measured (default: ${DEFAULT-VALUE})."
            })
    private Duration rest = Duration.ofSeconds(61);

    /** How the report is written; a table when neither is asked for. */
    private static final class Form {

        @Option(names = "--json", description = "Reports in JSON.")
        private boolean json;

        @Option(names = "--markdown", description = "Reports in Markdown.")
        private boolean markdown;

        String of(DrillReport report) {
            return json ? report.json() : markdown ? report.markdown() : report.table();
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        if (runs < 1) {
            throw wrong("Invalid value for option '--runs': '" + runs + "' is below 1");
        }
        RawSettings raw = RawSettings.read().without(Setting.TOKEN, Setting.TOKEN_FILE, Setting.API_BASE_URL);
        ConfigReport report = ConfigCheck.check(raw);
        if (!report.isGood()) {
            spec.commandLine().getErr().println(report.message());
            return 1;
        }
        if (DemoSimulator.isTaken(port)) {
            throw new PortTakenException(port);
        }
        long seeded = seed == null ? System.nanoTime() & 0xFFFF_FFFFL : seed;
        try (Simulator simulator = Simulator.start(options(seeded))) {
            return wait
                    ? drill(simulator, Bot.unknown("another bot"), "", seeded)
                    : drillOurs(simulator, raw, report, seeded);
        }
    }

    private int drillOurs(Simulator simulator, RawSettings raw, ConfigReport report, long seeded)
            throws InterruptedException {
        try (OwnService service = OwnService.start(raw, report, simulator)) {
            err().println("The service under drill logs to " + service.log());
            return drill(simulator, service, settings(raw), seeded);
        }
    }

    private int drill(Simulator simulator, Bot bot, String settings, long seeded) throws InterruptedException {
        Conditions conditions =
                Conditions.here(bot.name(), Version.current(), seeded, heartbeatInterval.toMillis(), settings);
        Drills drills = drills(new Lane(simulator, bot, settle), seeded);
        if (wait) {
            err().printf(
                            "Waiting for a bot: API base URL %s, gateway %s, token %s%n",
                            simulator.apiBaseUrl(), simulator.gatewayUrl(), simulator.token());
        }
        Thread partial =
                new Thread(() -> print(DrillReport.of(conditions, drills.planned(), drills.results())), "drill-report");
        Runtime.getRuntime().addShutdownHook(partial);
        try {
            drills.carryOut(result -> progress(drills, result));
        } catch (IllegalStateException e) { // the bot is not there
            err().println(e.getMessage());
        }
        Runtime.getRuntime().removeShutdownHook(partial);
        DrillReport report = DrillReport.of(conditions, drills.planned(), drills.results());
        print(report);
        return report.complete() && report.good() ? 0 : 1;
    }

    private Drills drills(Lane lane, long seeded) {
        try {
            return new Drills(lane, heartbeatInterval, faults, runs, rest, seeded);
        } catch (IllegalArgumentException e) {
            throw wrong("Invalid value for option '--fault': " + e.getMessage());
        }
    }

    private SimulatorOptions options(long seeded) {
        return SimulatorOptions.defaults()
                .withPort(port)
                .withHeartbeatInterval(heartbeatInterval)
                .withRules(Rules.discord().withSeed(seeded));
    }

    private void progress(Drills drills, RunResult result) {
        err().printf(
                        "[%d/%d] %s, run %d: %s%s%s%n",
                        drills.results().size(),
                        drills.planned(),
                        result.drill(),
                        result.run(),
                        result.outcome().word(),
                        result.recoveredMillis() == null
                                ? ""
                                : " after " + Math.round(result.recoveredMillis()) + " ms",
                        result.violations().isEmpty() ? "" : ", BROKE " + result.violations());
        err().flush();
    }

    private void print(DrillReport report) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(form.of(report));
        out.flush();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** What the service is told otherwise than by default, in its own words; secrets are out already. */
    private static String settings(RawSettings raw) {
        return raw.values().entrySet().stream()
                .filter(entry -> entry.getKey().variable().startsWith("DISCORD_"))
                .filter(entry -> !entry.getValue().equals(entry.getKey().defaultValue()))
                .map(entry -> entry.getKey().variable() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }
}
