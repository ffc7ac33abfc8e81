package dev.gatewatch.terminal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A stored fact, as {@code /history/events} and the stream tell it. */
record PastEvent(
        String id,
        Instant time,
        long shard,
        String kind,
        @Nullable String cause,
        String message) {

    static @Nullable PastEvent of(Fields fields) {
        Instant time = fields.time("time");
        Long shard = fields.whole("shard");
        String kind = fields.text("kind");
        if (time == null || kind == null) {
            return null;
        }
        return new PastEvent(
                fields.text("id", ""), time, shard == null ? 0 : shard, kind, fields.text("cause"), message(fields));
    }

    private static String message(Fields fields) {
        StringBuilder words = new StringBuilder();
        add(words, "attempt ", fields.whole("attempt"));
        add(words, "", fields.text("recovery"));
        add(words, "code ", fields.whole("code"));
        add(words, "", fields.text("message"));
        return words.toString();
    }

    private static void add(StringBuilder words, String before, @Nullable Object value) {
        if (value != null) {
            words.append(words.isEmpty() ? "" : ", ").append(before).append(value);
        }
    }
}
