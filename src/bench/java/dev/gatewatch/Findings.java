package dev.gatewatch;

import java.util.ArrayList;
import java.util.List;

/**
 * What a benchmark found out.
 *
 * @param markdown a table, and what is to be known about it
 * @param broken what must not be: broken rules of Discord's, lost facts; any of them fails the build
 */
record Findings(String markdown, List<String> broken) {

    Findings {
        broken = List.copyOf(broken);
    }

    /** Collects a table row by row, and then words. */
    static final class Report {

        private final List<String> lines = new ArrayList<>();
        private final List<String> broken = new ArrayList<>();

        /** Begins a table; the first column is words, the others are numbers. */
        Report head(String... cells) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            row(cells);
            lines.add("|---|" + "---:|".repeat(cells.length - 1));
            return this;
        }

        Report row(String... cells) {
            lines.add("| " + String.join(" | ", cells) + " |");
            return this;
        }

        Report words(String text) {
            lines.add("");
            lines.add(text);
            return this;
        }

        Report broken(List<String> rules) {
            broken.addAll(rules);
            return this;
        }

        Findings findings() {
            return new Findings(String.join("\n", lines), broken);
        }
    }
}
