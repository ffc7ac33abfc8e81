package dev.gatewatch;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jboss.logmanager.handlers.ConsoleHandler;

/** Log lines for commands that do not start Quarkus, which otherwise sets up logging: same form, edges only. */
final class PlainLogging {

    private static final String FORMAT = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5p [%c{1}] %s%e%n";
    private static final Logger ROOT = Logger.getLogger("");

    private PlainLogging() {}

    /** Sends log lines of level INFO and above to standard output. */
    static void start() {
        for (var handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        ROOT.addHandler(new ConsoleHandler(new PatternFormatter(FORMAT)));
        ROOT.setLevel(Level.INFO);
    }
}
