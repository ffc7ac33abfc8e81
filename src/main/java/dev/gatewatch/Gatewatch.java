package dev.gatewatch;

import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The program: the service by default, or one of its subcommands.
 *
 * <p>Quarkus starts only for {@code serve}, {@code demo} and {@code drill}. Exit codes: 0 done, 1 could not start or a drill failed, 2
 * wrong usage.
 */
@QuarkusMain
@Command(
        name = "gatewatch",
        description = "Keeps a Discord bot's gateway connection alive and tells the truth about it.",
        footer = {
            "",
            "Without a command it is the service, as with serve.",
            "Settings are environment variables: see README.md."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {ServeCommand.class, DemoCommand.class, SimulateCommand.class, DrillCommand.class})
public final class Gatewatch implements Callable<Integer> {

    /** Runs the command the arguments name. */
    public static void main(String... args) {
        Launch.detect();
        int exitCode = commandLine().execute(args);
        if (exitCode != 0 || !Launch.isDev()) {
            System.exit(exitCode);
        }
    }

    /** The parser, for the program and for tests. */
    static CommandLine commandLine() {
        return new CommandLine(new Gatewatch())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(100)
                .setUsageHelpAutoWidth(false)
                .setExecutionExceptionHandler(Gatewatch::explain);
    }

    @Override
    public Integer call() {
        return new ServeCommand().call();
    }

    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        if (failure instanceof PortTakenException) {
            command.getErr().println("Gatewatch cannot start: " + failure.getMessage() + ".");
            return 1;
        }
        throw failure;
    }
}
