package dev.gatewatch.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A stretch of time; immutable.
 *
 * @param from its beginning
 * @param to its end, not before its beginning
 */
record Span(Instant from, Instant to) {

    Span {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("a span ends at " + to + ", before it begins at " + from);
        }
    }

    /** How long it is. */
    Duration length() {
        return Duration.between(from, to);
    }

    /** What it shares with another. */
    Optional<Span> within(Span other) {
        Instant begin = from.isAfter(other.from) ? from : other.from;
        Instant end = to.isBefore(other.to) ? to : other.to;
        return begin.isBefore(end) ? Optional.of(new Span(begin, end)) : Optional.empty();
    }

    /** What is left of it without the others, which must not overlap each other. */
    Duration without(List<Span> others) {
        Duration left = length();
        for (Span other : others) {
            left = left.minus(other.within(this).map(Span::length).orElse(Duration.ZERO));
        }
        return left;
    }

    /** What is left of it between the others, which must be in order. */
    List<Span> between(List<Span> others) {
        List<Span> left = new ArrayList<>();
        Instant begin = from;
        for (Span other : others) {
            if (other.from.isAfter(begin)) {
                new Span(begin, other.from).within(this).ifPresent(left::add);
            }
            begin = other.to.isAfter(begin) ? other.to : begin;
        }
        if (to.isAfter(begin)) {
            left.add(new Span(begin, to));
        }
        return left;
    }

    /** The same time in spans that do not overlap. */
    static List<Span> merged(List<Span> spans) {
        List<Span> merged = new ArrayList<>();
        for (Span span : spans.stream().sorted(Comparator.comparing(Span::from)).toList()) {
            Span last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last == null || span.from.isAfter(last.to)) {
                merged.add(span);
            } else if (span.to.isAfter(last.to)) {
                merged.set(merged.size() - 1, new Span(last.from, span.to));
            }
        }
        return merged;
    }
}
