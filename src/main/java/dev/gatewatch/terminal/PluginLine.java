package dev.gatewatch.terminal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A judgement as one line with performance data, which Nagios, Icinga and their like read.
 *
 * <p>See [Monitoring Plugins Development Guidelines/Performance data].
 */
final class PluginLine {

    private PluginLine() {}

    static String of(Judgement judgement, @Nullable Reading reading) {
        StringBuilder line = new StringBuilder("GATEWATCH ")
                .append(judgement.state().pluginWord())
                .append(": ")
                .append(judgement.reason().replace('|', '/'));
        if (reading == null) {
            return line.toString();
        }
        words(reading).forEach(word -> line.append(", ").append(word));
        List<String> figures = figures(reading);
        return figures.isEmpty()
                ? line.toString()
                : line.append(" | ").append(String.join(" ", figures)).toString();
    }

    private static List<String> words(Reading reading) {
        List<String> words = new ArrayList<>();
        if (reading.isConnected() && reading.latency() != null) {
            words.add("latency " + Words.millis(reading.latency()));
        }
        if (reading.guilds() != null) {
            words.add(Words.count(reading.guilds(), "guild"));
        }
        if (reading.users() != null) {
            words.add(Words.count(reading.users(), "user"));
        }
        return words;
    }

    private static List<String> figures(Reading reading) {
        List<String> figures = new ArrayList<>();
        if (reading.latency() != null) {
            figures.add("latency=" + reading.latency() + "ms;;;0");
        }
        add(figures, "uptime", reading.uptimeSeconds(), "s;;;0");
        add(figures, "guilds", reading.guilds(), ";;;0");
        add(figures, "users", reading.users(), ";;;0");
        add(figures, "attempts", reading.attempts(), ";;;0");
        add(figures, "recent_errors", reading.recentErrors(), ";;;0");
        Reading.Budget budget = reading.budget();
        if (budget != null) {
            figures.add("identifies_left=" + budget.remaining() + ";;;0;" + budget.total());
        }
        return figures;
    }

    private static void add(List<String> figures, String label, @Nullable Long value, String rest) {
        if (value != null) {
            figures.add(label + "=" + value + rest);
        }
    }
}
