package dev.gatewatch.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What is printed where there is no terminal: one block or one line of JSON per interval. */
final class PlainMonitor {

    private final Server server;
    private final Duration interval;
    private final boolean json;
    private final PrintStream out;
    private int failures;

    PlainMonitor(Server server, Duration interval, boolean json, PrintStream out) {
        this.server = server;
        this.interval = interval;
        this.json = json;
        this.out = out;
    }

    /** Prints until the reader goes away. */
    void run() throws InterruptedException {
        while (!out.checkError()) {
            Observation seen = Observation.of(server);
            failures = seen.trouble() == null ? 0 : failures + 1;
            Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            out.println(
                    json
                            ? JsonLine.of(seen, server.address(), failures, now)
                            : PlainBlock.of(seen, server.address(), failures, now));
            out.flush();
            Thread.sleep(interval.toMillis());
        }
    }
}
