package dev.gatewatch;

import dev.gatewatch.gateway.ReadingCost;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** What reading a dispatch costs, in time and in garbage: JMH over {@link ReadingCost}. */
final class ReadingBenchmark implements Benchmark {

    private static final String GARBAGE = "gc.alloc.rate.norm";

    @Override
    public String name() {
        return "reading";
    }

    @Override
    public Findings measure(BenchOptions options) throws Exception {
        ChainedOptionsBuilder jmh = new OptionsBuilder()
                .include(ReadingCost.class.getName())
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true);
        if (options.runs() != null) {
            jmh = jmh.measurementIterations(options.runs());
        }
        Collection<RunResult> results = new Runner(jmh.build()).run();
        Map<String, RunResult> byName = new TreeMap<>();
        results.forEach(result -> byName.put(key(result), result));
        Findings.Report report = new Findings.Report()
                .head(
                        "dispatch nobody listens to",
                        "Gatewatch µs",
                        "Discord4J µs",
                        "ratio",
                        "Gatewatch bytes",
                        "Discord4J bytes");
        for (String payload : new String[] {"GUILD_CREATE", "MESSAGE_CREATE", "TYPING_START"}) {
            RunResult ours = byName.get(payload + ".gatewatch");
            RunResult theirs = byName.get(payload + ".discord4j");
            double ratio = theirs.getPrimaryResult().getScore()
                    / ours.getPrimaryResult().getScore();
            report.row(
                    "`" + payload + "`",
                    words(ours.getPrimaryResult()),
                    words(theirs.getPrimaryResult()),
                    String.format(Locale.ROOT, "%.1f", ratio),
                    bytes(ours),
                    bytes(theirs));
        }
        return report.words(
                        "JMH: average time of one, ± half the 99.9 % confidence interval, over 2 JVMs of each; bytes are garbage made."
                                + " A ratio over 1 is in favour of Gatewatch. What somebody does listen to is built as Discord4J builds it, at"
                                + " Discord4J's price and that of the glance.")
                .findings();
    }

    private static String key(RunResult result) {
        String method = result.getParams().getBenchmark();
        return result.getParams().getParam("payload") + method.substring(method.lastIndexOf('.'));
    }

    private static String words(Result<?> result) {
        return String.format(Locale.ROOT, "%.2f ± %.2f", result.getScore(), result.getScoreError());
    }

    @SuppressWarnings("rawtypes") // JMH's own
    private static String bytes(RunResult result) {
        return result.getSecondaryResults().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(GARBAGE))
                .map(entry ->
                        String.format(Locale.ROOT, "%,.0f", entry.getValue().getScore()))
                .findFirst()
                .orElse("-");
    }
}
