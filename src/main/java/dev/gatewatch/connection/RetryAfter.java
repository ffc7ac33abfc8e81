package dev.gatewatch.connection;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads how long another side asks to wait, as the header {@code Retry-After} says it: in seconds, whole or not, or as a date in any of
 * the three forms of HTTP.
 *
 * <p>See [RFC 9110, sections 5.6.7 and 10.2.3].
 */
public final class RetryAfter {

    /** No wait is longer than some 30 years: whoever asks for more makes a mistake. */
    private static final double MOST_SECONDS = 1e9;

    private static final List<DateTimeFormatter> DATES = Stream.of(
                    "EEE, d MMM yyyy HH:mm:ss 'GMT'", "EEEE, dd-MMM-yy HH:mm:ss 'GMT'", "EEE MMM ppd HH:mm:ss yyyy")
            .map(form -> DateTimeFormatter.ofPattern(form, Locale.ENGLISH).withZone(ZoneOffset.UTC))
            .toList();

    private RetryAfter() {}

    /** The wait from {@code now} on; zero when the date is past, empty when nothing readable is there. */
    public static Optional<Duration> read(@Nullable String value, Instant now) {
        return seconds(value).or(() -> date(value)
                .map(until -> Duration.between(now, until))
                .filter(wait -> wait.toSeconds() < MOST_SECONDS)
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait));
    }

    /** A number of seconds, whole or not. */
    public static Optional<Duration> seconds(@Nullable String value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            double seconds = Double.parseDouble(value.strip());
            boolean sane = Double.isFinite(seconds) && seconds >= 0 && seconds < MOST_SECONDS;
            return sane ? Optional.of(Duration.ofMillis((long) Math.ceil(seconds * 1_000))) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A date of HTTP. */
    public static Optional<Instant> date(@Nullable String value) {
        if (value == null) {
            return Optional.empty();
        }
        String date = value.strip();
        return DATES.stream().flatMap(form -> parsed(form, date)).findFirst();
    }

    private static Stream<Instant> parsed(DateTimeFormatter form, String value) {
        try {
            return Stream.of(form.parse(value, Instant::from));
        } catch (DateTimeException e) {
            return Stream.empty();
        }
    }
}
