package dev.gatewatch;

import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A duration on the command line, spelled as in the settings. */
final class DurationOption implements ITypeConverter<Duration> {

    private static final Rule RULE = Rules.duration(Duration.ofMillis(1), Duration.ofDays(1));
    private static final Rule RULE_OR_ZERO = Rules.duration(Duration.ZERO, Duration.ofDays(1));

    /** The same, where zero is allowed, too. */
    static final class OrZero implements ITypeConverter<Duration> {

        @Override
        public Duration convert(String value) {
            return parse(value, RULE_OR_ZERO);
        }
    }

    @Override
    public Duration convert(String value) {
        return parse(value, RULE);
    }

    private static Duration parse(String value, Rule rule) {
        try {
            return DurationConverter.parseDuration(rule.check(value.strip()));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + value + "' is not " + e.getMessage());
        }
    }
}
