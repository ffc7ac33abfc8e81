package dev.gatewatch;

import dev.gatewatch.simulator.StateInUseException;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The program: the service by default, or one of its subcommands.
 *
 * <p>Quarkus starts only for {@code serve}, {@code demo} and {@code drill}. Exit codes: 0 done, 1 could not start or a drill failed, 2
 * wrong usage; {@code check} and {@code monitor} have their own.
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
        subcommands = {
            ServeCommand.class,
            DemoCommand.class,
            SimulateCommand.class,
            DrillCommand.class,
            MonitorCommand.class,
            CheckCommand.class
        })
public final class Gatewatch implements Callable<Integer> {

    /** Runs the command the arguments name. */
    public static void main(String... args) {
        Launch.detect();
        Launch.limitPipelining();
        int exitCode = quickly(args);
        if (exitCode != 0 || !Launch.isDev()) {
            System.exit(exitCode);
        }
    }

    /** The parser, for the program and for tests. */
    static CommandLine commandLine() {
        return configured(new CommandLine(new Gatewatch()));
    }

    /** What people wait for, and what is run every few seconds, does not wait for the other commands to be read. */
    private static int quickly(String... args) {
        if (args.length == 0) {
            return new ServeCommand().call(); // in a container, no parser stands between the start and the service
        }
        Object quick =
                switch (args[0]) {
                    case "monitor" -> new MonitorCommand();
                    case "check" -> new CheckCommand();
                    default -> null;
                };
        return quick == null
                ? commandLine().execute(args)
                : configured(new CommandLine(quick).setCommandName("gatewatch " + args[0]))
                        .execute(Arrays.copyOfRange(args, 1, args.length));
    }

    private static CommandLine configured(CommandLine parser) {
        return parser.setCaseInsensitiveEnumValuesAllowed(true)
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
        if (failure instanceof PortTakenException || failure instanceof StateInUseException) {
            command.getErr().println("Gatewatch cannot start: " + failure.getMessage() + ".");
            return 1;
        }
        throw failure;
    }
}
