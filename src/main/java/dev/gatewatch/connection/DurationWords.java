package dev.gatewatch.connection;

import java.time.Duration;

/** Durations as people say them. */
public final class DurationWords {

    private DurationWords() {}

    /** The two largest units of whole seconds: {@code 45 s}, {@code 3 min 12 s}, {@code 2 h 5 min}, {@code 3 d 4 h}; 0 s when negative. */
    public static String of(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3_600) {
            return pair(seconds / 60, "min", seconds % 60, "s");
        }
        return seconds < 86_400
                ? pair(seconds / 3_600, "h", seconds % 3_600 / 60, "min")
                : pair(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h");
    }

    private static String pair(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }
}
