package dev.gatewatch;

import io.smallrye.config.ConfigValidationException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Puts into words which settings of Quarkus, which has no row in {@link Setting}, hold values that cannot be read. */
final class FrameworkSettings {

    private static final Pattern CONVERSION = Pattern.compile(
            "The config property (\\S+) with the config value \"(.*)\" threw an Exception whilst being converted (.*)",
            Pattern.DOTALL);

    /** What SmallRye Config writes before its messages: a number, and a class's name. */
    private static final Pattern PREFIX = Pattern.compile("([\\w.]+Exception: )?(SRCFG\\d+: )?");

    private static final Pattern ENUM = Pattern.compile("Cannot convert .* to enum class [^,]+, allowed values: (.*)");
    private static final Pattern LOG_LEVEL = Pattern.compile("quarkus\\.log\\.(.*\\.)?(min-)?level");
    private static final Pattern LIKE_A_SECRET =
            Pattern.compile("password|secret|token|credential|key", Pattern.CASE_INSENSITIVE);

    private FrameworkSettings() {}

    /** One line for each wrong setting behind a failure to start; empty when the failure has another reason. */
    static List<String> wrong(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(ConfigValidationException.class::isInstance)
                .map(ConfigValidationException.class::cast)
                .flatMap(invalid -> IntStream.range(0, invalid.getProblemCount())
                        .mapToObj(i -> invalid.getProblem(i).getMessage()))
                .map(FrameworkSettings::describe)
                .distinct()
                .toList();
    }

    private static String describe(String message) {
        String plain = withoutPrefix(message);
        Matcher conversion = CONVERSION.matcher(plain);
        if (!conversion.matches()) {
            return plain;
        }
        String property = conversion.group(1);
        String value =
                LIKE_A_SECRET.matcher(property).find() ? "(a secret, not shown)" : "\"" + conversion.group(2) + "\"";
        return variable(property) + " = " + value + ": " + expected(property, withoutPrefix(conversion.group(3)));
    }

    private static String expected(String property, String reason) {
        if (LOG_LEVEL.matcher(property).matches()) {
            return "expected one of OFF, ERROR, WARN, INFO, DEBUG, TRACE, ALL";
        }
        if (reason.startsWith("Invalid duration")) {
            return "expected a duration, for example 30s, 5m or PT1M";
        }
        if (reason.startsWith("Expected an integer") || reason.startsWith("Expected a long")) {
            return "expected a whole number";
        }
        Matcher constants = ENUM.matcher(reason);
        return constants.matches() ? "expected one of " + sorted(constants.group(1)) : reason;
    }

    private static String sorted(String constants) {
        return Stream.of(constants.split(",")).sorted().collect(Collectors.joining(", "));
    }

    private static String withoutPrefix(String message) {
        return PREFIX.matcher(message).replaceFirst("");
    }

    /** By the rules of MicroProfile Config. */
    private static String variable(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
