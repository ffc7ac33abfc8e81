package dev.gatewatch.drill;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All runs of one row together.
 *
 * @param drill the row's name
 * @param runs how many there were
 * @param outcomes what the client did, each different answer once
 * @param detected milliseconds since the strike; null when it kept the connection
 * @param recovered milliseconds since the strike; null when it kept the connection or stayed away
 * @param ended milliseconds until the fault was over; null for one that strikes once
 * @param identifies IDENTIFYs spent, all runs together; so are {@code lost}, {@code duplicated} and {@code violations}
 * @param good whether it survived each run and broke no rule
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection // for Jackson in a native image
public record Summary(
        String drill,
        int runs,
        List<Outcome> outcomes,
        @Nullable Spread detected,
        @Nullable Spread recovered,
        @Nullable Spread ended,
        int identifies,
        int lost,
        int duplicated,
        List<String> violations,
        boolean good) {

    /** The middle and the largest of some measurements, in milliseconds. */
    @RegisterForReflection // for Jackson in a native image
    public record Spread(double median, double worst) {

        static @Nullable Spread of(Stream<@Nullable Double> values) {
            double[] sorted = values.filter(value -> value != null)
                    .mapToDouble(Double::doubleValue)
                    .sorted()
                    .toArray();
            if (sorted.length == 0) {
                return null;
            }
            int middle = sorted.length / 2;
            double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
            return new Spread(
                    Math.round(median * 10) / 10.0, Arrays.stream(sorted).max().orElse(median));
        }
    }

    /** One summary per row, in the order of the results. */
    public static List<Summary> of(List<RunResult> results) {
        return results.stream()
                .map(RunResult::drill)
                .distinct()
                .map(drill -> ofRow(
                        drill,
                        results.stream()
                                .filter(result -> result.drill().equals(drill))
                                .toList()))
                .toList();
    }

    private static Summary ofRow(String drill, List<RunResult> runs) {
        return new Summary(
                drill,
                runs.size(),
                runs.stream().map(RunResult::outcome).distinct().toList(),
                spread(runs, RunResult::detectedMillis),
                spread(runs, RunResult::recoveredMillis),
                spread(runs, RunResult::endedMillis),
                runs.stream().mapToInt(RunResult::identifies).sum(),
                runs.stream().mapToInt(RunResult::lost).sum(),
                runs.stream().mapToInt(RunResult::duplicated).sum(),
                runs.stream().flatMap(run -> run.violations().stream()).toList(),
                runs.stream().allMatch(RunResult::good));
    }

    private static @Nullable Spread spread(List<RunResult> runs, Function<RunResult, @Nullable Double> value) {
        return Spread.of(runs.stream().map(value));
    }

    /** What the client did, in words. */
    String did() {
        return outcomes.stream().map(Outcome::word).collect(Collectors.joining(", "));
    }
}
