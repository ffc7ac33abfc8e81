package dev.gatewatch;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The outcome of checking all settings.
 *
 * @param problems what is wrong; the service must not start with any
 * @param warnings what is odd but harmless
 * @param accepted the values that are right, in the form the service reads
 */
record ConfigReport(List<Problem> problems, List<String> warnings, Map<Setting, String> accepted) {

    /** Whether the service may start. */
    boolean isGood() {
        return problems.isEmpty();
    }

    /** One message with every problem, and with the warnings, since one of them may be the cause. */
    String message() {
        Stream<String> lines = Stream.of(
                        Stream.of("Gatewatch cannot start: " + count()),
                        problems.stream().map(problem -> "  " + problem.describe()),
                        warnings.stream().map(warning -> "  Warning: " + warning),
                        Stream.of("Correct this and start again. README.md lists every setting under Configuration."))
                .flatMap(Function.identity());
        return lines.collect(Collectors.joining(System.lineSeparator()));
    }

    private String count() {
        return problems.size() == 1 ? "1 problem in its settings." : problems.size() + " problems in its settings.";
    }

    /** Never the values: one of them is the token. */
    @Override
    public String toString() {
        return "ConfigReport[" + problems.size() + " problems, " + warnings.size() + " warnings]";
    }
}
