package dev.gatewatch.drill;

import dev.gatewatch.drill.Summary.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A report as a table, one row per drill: plain or in Markdown. */
final class ReportTable {

    private static final List<String> HEAD = List.of(
            "fault", "lasts", "what it does", "detected", "recovered", "IDENTIFYs", "lost", "twice", "violations");

    private final DrillReport report;

    ReportTable(DrillReport report) {
        this.report = report;
    }

    String markdown() {
        List<String> lines = new ArrayList<>();
        lines.add(markdown(HEAD));
        lines.add("|" + "---|".repeat(HEAD.size()));
        report.drills().forEach(drill -> lines.add(markdown(cells(drill, true))));
        lines.add("");
        lines.add(footer());
        return String.join("\n", lines);
    }

    String plain() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        report.drills().forEach(drill -> rows.add(cells(drill, false)));
        int[] widths = IntStream.range(0, HEAD.size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        List<String> lines = new ArrayList<>();
        rows.forEach(row -> lines.add(IntStream.range(0, widths.length)
                .mapToObj(column -> pad(row.get(column), widths[column]))
                .collect(Collectors.joining("  "))
                .stripTrailing()));
        report.drills().stream()
                .flatMap(drill -> drill.violations().stream().distinct().map(rule -> drill.drill() + " broke " + rule))
                .forEach(lines::add);
        lines.add("");
        lines.add(footer());
        return String.join("\n", lines);
    }

    private String footer() {
        String done = report.complete()
                ? report.runs().size() + " runs"
                : report.runs().size() + " of " + report.planned() + " runs, then stopped";
        String verdict = report.good() ? "all survived, no rule broken" : "NOT all survived, or a rule was broken";
        return "%s: %s. Medians, worst in brackets, in ms since the fault struck. %s."
                .formatted(done, verdict, report.conditions().line());
    }

    private static List<String> cells(Summary drill, boolean marked) {
        String name = marked ? "`" + drill.drill() + "`" : drill.drill();
        return List.of(
                name,
                drill.ended() == null ? "-" : number(drill.ended().median()),
                drill.did(),
                words(drill.detected()),
                words(drill.recovered()),
                Integer.toString(drill.identifies()),
                Integer.toString(drill.lost()),
                Integer.toString(drill.duplicated()),
                Integer.toString(drill.violations().size()));
    }

    private static String words(@Nullable Spread spread) {
        return spread == null ? "-" : number(spread.median()) + " (" + number(spread.worst()) + ")";
    }

    private static String number(double millis) {
        return String.format(Locale.ROOT, "%,.0f", millis);
    }

    private static String markdown(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
