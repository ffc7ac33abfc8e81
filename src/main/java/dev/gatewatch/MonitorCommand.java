package dev.gatewatch;

import dev.gatewatch.terminal.Monitor;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A running service, watched from a terminal; never starts Quarkus. */
@Command(
        name = "monitor",
        description = {
            "Watches a running service: live in a terminal, else a block of lines per interval.",
            "Keys: q ends it, ? shows the others."
        },
        footer = {
            "",
            "With --once, exit code 0: ok, 1: degraded, 2: down, 3: unknown, or wrong usage, as monitoring plugins have it.",
            "NO_COLOR in the environment means --no-color."
        },
        exitCodeOnInvalidInput = CheckCommand.UNKNOWN,
        exitCodeOnExecutionException = CheckCommand.UNKNOWN,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class MonitorCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Mixin
    private ServerOptions options = new ServerOptions();

    @Option(
            names = "--interval",
            paramLabel = "DURATION",
            defaultValue = "30s",
            converter = DurationOption.class,
            description = "How often the server is asked; news of its stream come at once (default: ${DEFAULT-VALUE}).")
    private Duration interval = Duration.ofSeconds(30);

    @Option(names = "--once", description = "Asks once, prints one line, and exits with 0, 1, 2 or 3.")
    private boolean once;

    @Option(names = "--json", description = "One JSON object per interval, one a line; with --once, one.")
    private boolean json;

    @Option(names = "--no-color", description = "Without colours.")
    private boolean noColor;

    @Option(names = "--ascii", description = "Draws with ASCII only, as it does by itself where UTF-8 is not spoken.")
    private boolean ascii;

    @Override
    public Integer call() throws InterruptedException {
        if (interval.toMillis() < 1_000) {
            throw new ParameterException(
                    spec.commandLine(), "Invalid value for option '--interval': a second is the shortest");
        }
        Monitor monitor = new Monitor(options.server());
        if (once) {
            return monitor.check(options.timeout(), json, System.out);
        }
        if (json || !monitor.live(interval, inColor(), ascii)) {
            monitor.print(interval, json, System.out);
        }
        return 0;
    }

    /** See no-color.org: set, and not to nothing. */
    private boolean inColor() {
        String wish = System.getenv("NO_COLOR");
        return !noColor && (wish == null || wish.isEmpty());
    }
}
