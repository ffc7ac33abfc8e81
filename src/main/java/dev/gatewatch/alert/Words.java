package dev.gatewatch.alert;

import dev.gatewatch.connection.DurationWords;
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

    /** As {@link DurationWords}, and below a second in milliseconds: {@code 250 ms}. */
    static String of(Duration duration) {
        long millis = duration.toMillis();
        return millis > 0 && millis < 1_000 ? millis + " ms" : DurationWords.of(duration);
    }

    static String of(Instant at) {
        return TIME.format(at);
    }

    /** {@code shard 1} or {@code shards 0, 2, 5}. */
    static String shards(Collection<Integer> shards) {
        String names = shards.stream().limit(MOST_NAMED).map(String::valueOf).collect(Collectors.joining(", "));
        return (shards.size() == 1 ? "shard " : "shards ") + names + (shards.size() > MOST_NAMED ? ", …" : "");
    }
}
