package dev.gatewatch.api;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How long the stretches are that a time is cut into. */
enum Stretch {
    MINUTE("1m", Duration.ofMinutes(1)),
    QUARTER("15m", Duration.ofMinutes(15)),
    HOUR("1h", Duration.ofHours(1)),
    SIX_HOURS("6h", Duration.ofHours(6)),
    DAY("1d", Duration.ofDays(1));

    /** All words, for messages. */
    static final String WORDS = Arrays.stream(values()).map(Stretch::word).collect(Collectors.joining(", "));

    /** How many stretches one wants to look at, about. */
    private static final int PLENTY = 200;

    private final String word;
    private final Duration length;

    Stretch(String word, Duration length) {
        this.word = word;
        this.length = length;
    }

    /** Finds one by its word; null when there is none. */
    static @Nullable Stretch of(String word) {
        return Arrays.stream(values())
                .filter(stretch -> stretch.word.equals(word))
                .findFirst()
                .orElse(null);
    }

    /** The finest of which not too many lie in such a time. */
    static Stretch fit(Duration time) {
        return Arrays.stream(values())
                .filter(stretch -> time.dividedBy(stretch.length) <= PLENTY)
                .findFirst()
                .orElse(DAY);
    }

    String word() {
        return word;
    }

    Duration length() {
        return length;
    }

    /**
     * Where the stretches begin and end: from the one that {@code from} lies in to the one before {@code to}. Days and parts of
     * them begin with the zone's midnight, so that one of a changing clock is an hour longer or shorter.
     */
    List<Instant> edges(Instant from, Instant to, ZoneId zone) {
        List<Instant> edges = new ArrayList<>();
        ZonedDateTime edge = floor(from.atZone(zone));
        while (edge.toInstant().isBefore(to)) {
            edges.add(edge.toInstant());
            edge = this == DAY ? edge.plusDays(1) : edge.plus(length);
        }
        edges.add(edge.toInstant());
        return edges;
    }

    private ZonedDateTime floor(ZonedDateTime at) {
        if (this == DAY) {
            return at.toLocalDate().atStartOfDay(at.getZone());
        }
        long seconds = at.toLocalTime().toSecondOfDay() % length.toSeconds();
        return at.truncatedTo(ChronoUnit.SECONDS).minusSeconds(seconds);
    }
}
