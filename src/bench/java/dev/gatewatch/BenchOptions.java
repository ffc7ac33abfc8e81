package dev.gatewatch;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param parts which benchmarks; all when empty
 * @param faults which rows of the recovery table; all when empty
 * @param runs how often each is run; null for each one's own
 * @param seed of everything random; printed
 * @param readme whether the README's performance section is rewritten
 * @param soak how long faults strike
 */
record BenchOptions(
        List<String> parts, List<String> faults, @Nullable Integer runs, long seed, boolean readme, Duration soak) {

    static BenchOptions ofSystem() {
        return new BenchOptions(
                list("bench"),
                list("bench.faults"),
                Integer.getInteger("bench.runs"),
                Long.getLong("bench.seed", 20_261_124),
                !System.getProperty("bench.readme", "true").equals("false"),
                Duration.parse(System.getProperty("bench.soak", "PT5M")));
    }

    int runsOr(int usual) {
        return runs == null ? usual : runs;
    }

    private static List<String> list(String property) {
        return Arrays.stream(System.getProperty(property, "").split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }
}
