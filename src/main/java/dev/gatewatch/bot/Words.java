package dev.gatewatch.bot;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Figures as users read them. */
final class Words {

    private Words() {}

    /** The two largest units: {@code 3 d 4 h}, {@code 12 s}. */
    static String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3_600) {
            return two(seconds / 60, "min", seconds % 60, "s");
        }
        return seconds < 86_400
                ? two(seconds / 3_600, "h", seconds % 3_600 / 60, "min")
                : two(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h");
    }

    /** Milliseconds with one decimal. */
    static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
    }

    /** A percentage, never rounded up to 100. */
    static String percent(double percent) {
        return String.format(Locale.ROOT, "%.3f %%", Math.floor(percent * 1_000) / 1_000);
    }

    static String number(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    /** A time that Discord shows in the reader's zone. See [Discord Docs/Reference: Message Formatting]. */
    static String time(Instant time) {
        return "<t:" + time.getEpochSecond() + ":f>";
    }

    /** A constant in words. */
    static String of(Enum<?> constant) {
        return of(constant.name());
    }

    /** A constant's name in words. */
    static String of(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String two(long first, String unit, long second, String smaller) {
        return first + " " + unit + (second == 0 ? "" : " " + second + " " + smaller);
    }
}
