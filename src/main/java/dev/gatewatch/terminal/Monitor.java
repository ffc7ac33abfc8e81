package dev.gatewatch.terminal;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** The monitor in its forms: a live view, plain blocks, lines of JSON, or one judgement with an exit code. */
public final class Monitor {

    private final Server server;

    /** For a server that may or may not be there. */
    public Monitor(Server server) {
        this.server = server;
    }

    /**
     * Asks once and prints one line.
     *
     * @param timeout how long all of it may take
     * @return what a monitoring plugin exits with: 0 ok, 1 degraded, 2 down, 3 unknown
     */
    public int check(Duration timeout, boolean json, PrintStream out) throws InterruptedException {
        Observation seen = Observation.within(server, timeout);
        Judgement judgement = seen.judgement();
        int failures = seen.trouble() == null ? 0 : 1;
        out.println(
                json
                        ? JsonLine.of(
                                seen, server.address(), failures, Instant.now().truncatedTo(ChronoUnit.MILLIS))
                        : PluginLine.of(judgement, seen.reading()));
        out.flush();
        return judgement.state().exitCode();
    }

    /** Prints a block, or a line of JSON, every interval until the reader goes away. */
    public void print(Duration interval, boolean json, PrintStream out) throws InterruptedException {
        new PlainMonitor(server, interval, json, out).run();
    }

    /**
     * Takes the terminal until the viewer ends it.
     *
     * @param ascii whether to draw without other characters even where the terminal has them
     * @return false when there is no terminal that can be drawn on
     */
    public boolean live(Duration interval, boolean color, boolean ascii) throws InterruptedException {
        Stage stage = Stage.open();
        if (stage == null) {
            return false;
        }
        try (stage) {
            Charset encoding =
                    ascii ? StandardCharsets.US_ASCII : stage.terminal().outputEncoding();
            Duration patience = interval.multipliedBy(2).plus(server.timeout());
            Look look = new Look(
                    server.address().toString(),
                    Glyphs.of(encoding),
                    color,
                    ZoneId.systemDefault(),
                    interval,
                    patience);
            new LiveMonitor(server, look, stage).run();
        }
        return true;
    }
}
