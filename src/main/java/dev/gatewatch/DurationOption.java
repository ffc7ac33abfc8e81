package dev.gatewatch;

import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A duration on the command line, spelled as in the settings. */
final class DurationOption implements ITypeConverter<Duration> {

    private static final Rule RULE = Rules.duration(Duration.ofMillis(1), Duration.ofDays(1));

    @Override
    public Duration convert(String value) {
        try {
            return DurationConverter.parseDuration(RULE.check(value.strip()));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + value + "' is not " + e.getMessage());
        }
    }
}
