package dev.gatewatch;

import dev.gatewatch.terminal.Monitor;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A running service, judged once, for monitoring systems and containers; never starts Quarkus. */
@Command(
        name = "check",
        description =
                "Asks a running service once and judges it in one line, as a monitoring plugin; like monitor --once.",
        footer = {"", "Exit code 0: ok, 1: degraded, 2: down, 3: unknown, or wrong usage."},
        exitCodeOnInvalidInput = CheckCommand.UNKNOWN,
        exitCodeOnExecutionException = CheckCommand.UNKNOWN,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class CheckCommand implements Callable<Integer> {

    /** Nothing is known about the service, as monitoring plugins say it of their own wrong usage too: 2 would be a service that is down. */
    static final int UNKNOWN = 3;

    @Mixin
    private ServerOptions options = new ServerOptions();

    @Option(names = "--json", description = "One JSON object instead.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        return new Monitor(options.server()).check(options.timeout(), json, System.out);
    }
}
