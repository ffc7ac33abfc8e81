package dev.gatewatch.bot;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Figures as users read them. */
final class Words {

    private Words() {}

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
}
