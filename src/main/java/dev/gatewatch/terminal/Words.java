package dev.gatewatch.terminal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Numbers and times as people read them. */
final class Words {

    private Words() {}

    /** For example {@code 45 s}, {@code 3 min 5 s}, {@code 3 h 12 min}, {@code 12 d 4 h}; below a second in ms. */
    static String duration(Duration duration) {
        long millis = Math.max(0, duration.toMillis());
        if (millis < 1_000) {
            return millis == 0 ? "0 s" : millis + " ms";
        }
        long seconds = millis / 1_000;
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3_600) {
            return pair(seconds / 60, "min", seconds % 60, "s");
        }
        if (seconds < 86_400) {
            return pair(seconds / 3_600, "h", seconds % 3_600 / 60, "min");
        }
        return pair(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h");
    }

    /** In whole seconds, for what is counted down or grows older before one's eyes. */
    static String age(Duration duration) {
        return duration(Duration.ofSeconds(Math.max(0, duration.toSeconds())));
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** One thing, or several. */
    static String count(long number, String thing) {
        return count(number) + " " + thing + (number == 1 ? "" : "s");
    }

    static String millis(double millis) {
        return String.format(Locale.ROOT, "%.1f ms", millis);
    }

    /** Never 100 for what is a little less. */
    static String percent(double percent) {
        return String.format(Locale.ROOT, "%.2f %%", Math.floor(percent * 100) / 100);
    }

    /** A word of the API's, such as {@code attempt_failed}. */
    static String plain(String word) {
        return word.replace('_', ' ');
    }

    /** Divided between words, the first line shorter than the others; words that are longer than a line stay whole. */
    static List<String> wrap(String text, int first, int others) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            int room = lines.isEmpty() ? first : others;
            if (!line.isEmpty() && line.length() + 1 + word.length() > room) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static String pair(long big, String bigUnit, long small, String smallUnit) {
        return big + " " + bigUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }
}
