package dev.gatewatch.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** How much time one sample covers, from fine to coarse. */
public enum Step {
    MINUTE("1m", Duration.ofMinutes(1)),
    HOUR("1h", Duration.ofHours(1)),
    DAY("1d", Duration.ofDays(1));

    private final String word;
    private final Duration length;

    Step(String word, Duration length) {
        this.word = word;
        this.length = length;
    }

    /** Finds a step by its word, {@code 1m}, {@code 1h} or {@code 1d}. */
    public static Optional<Step> of(String word) {
        return Arrays.stream(values()).filter(step -> step.word.equals(word)).findFirst();
    }

    /** Its word. */
    public String word() {
        return word;
    }

    /** How long it is. */
    public Duration length() {
        return length;
    }

    /** Its length as it is stored. */
    int seconds() {
        return (int) length.toSeconds();
    }

    /** The beginning of the step that a moment lies in. */
    Instant floor(Instant at) {
        return Instant.ofEpochMilli(Math.floorDiv(at.toEpochMilli(), length.toMillis()) * length.toMillis());
    }
}
