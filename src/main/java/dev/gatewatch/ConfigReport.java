package dev.gatewatch;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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

    /** One message with every problem. */
    String message() {
        return problems.stream()
                .map(problem -> "  " + problem.describe())
                .collect(Collectors.joining(
                        System.lineSeparator(),
                        "Gatewatch cannot start: " + count() + System.lineSeparator(),
                        System.lineSeparator() + "Correct this and start again. README.md lists every setting under Configuration."));
    }

    private String count() {
        return problems.size() == 1 ? "a setting is wrong." : problems.size() + " settings are wrong.";
    }
}
