package dev.gatewatch.api;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
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
     * Where the stretches begin and end: from the one that {@code from} lies in to the one before {@code to}.
     *
     * <p>They begin at round local times. A change of the zone's clock makes a stretch longer or shorter, and moves none.
     */
    List<Instant> edges(Instant from, Instant to, ZoneId zone) {
        List<Instant> edges = new ArrayList<>();
        Instant edge = begin(from, zone);
        while (edge.isBefore(to)) {
            edges.add(edge);
            edge = next(edge, zone);
        }
        edges.add(edge);
        return edges;
    }

    /** The begin of the stretch that a moment lies in. */
    private Instant begin(Instant at, ZoneId zone) {
        LocalDateTime local = LocalDateTime.ofInstant(at, zone);
        if (isHourOrLess()) {
            return at.truncatedTo(ChronoUnit.SECONDS).minusSeconds(sinceRound(local));
        }
        return instant(round(local), zone);
    }

    private Instant next(Instant edge, ZoneId zone) {
        if (isHourOrLess()) {
            Instant later = edge.plus(length);
            Instant round = begin(later, zone); // earlier than that after a change by half an hour
            return round.isAfter(edge) ? round : later;
        }
        LocalDateTime local = round(LocalDateTime.ofInstant(edge, zone)).plus(length);
        while (!instant(local, zone).isAfter(edge)) {
            local = local.plus(length); // a day that the zone left out
        }
        return instant(local, zone);
    }

    /** Hours and less are as long as they are; days and their parts are what the calendar makes of them. */
    private boolean isHourOrLess() {
        return length.compareTo(HOUR.length) <= 0;
    }

    private LocalDateTime round(LocalDateTime local) {
        return local.truncatedTo(ChronoUnit.SECONDS).minusSeconds(sinceRound(local));
    }

    private long sinceRound(LocalDateTime local) {
        return local.toLocalTime().toSecondOfDay() % length.toSeconds();
    }

    /** A day begins with its first moment, which need not be midnight. */
    private static Instant instant(LocalDateTime local, ZoneId zone) {
        ZonedDateTime there = local.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? local.toLocalDate().atStartOfDay(zone)
                : local.atZone(zone);
        return there.toInstant();
    }
}
