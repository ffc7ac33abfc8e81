package dev.gatewatch.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Numbers and times in words for people. */
final class Words {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final int MOST_NAMED = 20;

    private Words() {}

    /** The two largest units: {@code 250 ms}, {@code 45 s}, {@code 3 min 12 s}, {@code 2 h 5 min}, {@code 3 d 4 h}. */
    static String of(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds == 0 && duration.toMillis() > 0) {
            return duration.toMillis() + " ms";
        }
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

    static String of(Instant at) {
        return TIME.format(at);
    }

    /** {@code shard 1} or {@code shards 0, 2, 5}. */
    static String shards(Collection<Integer> shards) {
        String names = shards.stream().limit(MOST_NAMED).map(String::valueOf).collect(Collectors.joining(", "));
        return (shards.size() == 1 ? "shard " : "shards ") + names + (shards.size() > MOST_NAMED ? ", …" : "");
    }

    private static String pair(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }
}
