package dev.gatewatch.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Several bots through the same drills, beside each other; the first is the one the others are compared with.
 *
 * @param results the runs of each bot by its name, in the order of the columns
 * @param conditions under which they were held
 */
public record Comparison(Map<String, List<RunResult>> results, Conditions conditions) {

    /** A Markdown table of the times to recovery, with how many times as long each other bot takes. */
    public String markdown() {
        List<String> names = List.copyOf(results.keySet());
        List<String> lines = new ArrayList<>();
        StringBuilder head = new StringBuilder("| fault | ").append(names.get(0));
        names.stream().skip(1).forEach(name -> head.append(" | ").append(name).append(" | ratio"));
        lines.add(head.append(" |").toString());
        lines.add("|---|---:" + "|---:|---:".repeat(names.size() - 1) + "|");
        for (Summary first : Summary.of(of(names.get(0)))) {
            StringBuilder line = new StringBuilder("| `" + first.drill() + "` | ").append(words(first));
            for (String name : names.subList(1, names.size())) {
                Summary other = summary(name, first.drill());
                line.append(" | ").append(words(other)).append(" | ").append(times(ratio(first, other)));
            }
            lines.add(line.append(" |").toString());
        }
        int runs = of(names.get(0)).size()
                / Math.max(1, Summary.of(of(names.get(0))).size());
        lines.add("");
        lines.add("Median milliseconds from the strike to READY or RESUMED, worst in brackets; %d runs each. %s."
                .formatted(runs, conditions.line()));
        return String.join("\n", lines);
    }

    /** How many times as long as the first the second bot takes, for each drill. */
    public List<Double> ratios() {
        List<String> names = List.copyOf(results.keySet());
        return Summary.of(of(names.get(0))).stream()
                .map(first -> ratio(first, summary(names.get(1), first.drill())))
                .toList();
    }

    private List<RunResult> of(String name) {
        return results.getOrDefault(name, List.of());
    }

    private Summary summary(String name, String drill) {
        return Summary.of(of(name)).stream()
                .filter(summary -> summary.drill().equals(drill))
                .findFirst()
                .orElseThrow();
    }

    private static double ratio(Summary first, Summary other) {
        Summary.Spread ours = first.recovered();
        Summary.Spread theirs = other.recovered();
        return ours == null ? Double.NaN : theirs == null ? Double.POSITIVE_INFINITY : theirs.median() / ours.median();
    }

    private static String words(Summary summary) {
        Summary.@Nullable Spread recovered = summary.recovered();
        return recovered == null
                ? summary.did()
                : String.format(Locale.ROOT, "%,.0f (%,.0f)", recovered.median(), recovered.worst());
    }

    private static String times(double ratio) {
        return Double.isFinite(ratio) ? String.format(Locale.ROOT, "%.1f", ratio) : "-";
    }
}
