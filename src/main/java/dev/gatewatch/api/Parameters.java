package dev.gatewatch.api;

import dev.gatewatch.history.Position;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A request's query parameters; what is wrong with them is collected, and told all at once by {@link #check}. */
final class Parameters {

    /** Years of four digits: everything else is a mistake, and the database counts in milliseconds. */
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final MultivaluedMap<String, String> values;
    private final List<String> problems = new ArrayList<>();

    /** Those of a request that understands only these names. */
    Parameters(UriInfo uri, String... known) {
        values = uri.getQueryParameters();
        Set<String> unknown = new LinkedHashSet<>(values.keySet());
        unknown.removeAll(Set.of(known));
        unknown.forEach(name ->
                problems.add("\"" + name + "\" is not a parameter of this; it takes " + String.join(", ", known)));
    }

    /** A moment: ISO 8601 with a zone, or seconds since 1970. */
    @Nullable
    Instant time(String name) {
        return read(name, "a time like 2026-03-01T12:00:00Z, or seconds since 1970", Parameters::time0);
    }

    /** A shard's index. */
    @Nullable
    Integer shard() {
        return read("shard", "a shard's index, 0 or more", text -> atLeast(Integer.parseInt(text), 0));
    }

    /** How many rows are wanted at most. */
    int limit(int usual, int most) {
        Integer limit = read("limit", "a whole number from 1 to " + most, text -> {
            int number = atLeast(Integer.parseInt(text), 1);
            return number > most ? null : number;
        });
        return limit == null ? usual : limit;
    }

    /** Where the last page ended. */
    @Nullable
    Position cursor() {
        return read("cursor", "the \"next\" of an earlier answer, unchanged", Cursor::parse);
    }

    /** Some of an enum's constants, divided by commas, in any case. */
    <E extends Enum<E>> Set<E> anyOf(String name, Class<E> type) {
        String names = List.of(type.getEnumConstants()).stream()
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        Set<E> chosen = read(name, "some of " + names + ", divided by commas", text -> {
            Set<E> constants = new LinkedHashSet<>();
            for (String word : text.split(",", -1)) {
                constants.add(Enum.valueOf(type, word.strip().toUpperCase(Locale.ROOT)));
            }
            return constants;
        });
        return chosen == null ? Set.of() : chosen;
    }

    /** Any other value. The reader gives null, or throws IllegalArgumentException, for what it does not understand. */
    <T> @Nullable T read(String name, String expected, Function<String, @Nullable T> reader) {
        String text = Optional.ofNullable(values.getFirst(name)).orElse("").strip();
        if (text.isEmpty()) {
            return null;
        }
        T value = null;
        try {
            value = reader.apply(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            value = null; // told below, in our words
        }
        if (value == null) {
            problems.add("\"" + name + "\" is \"" + text + "\"; expected is " + expected);
        }
        return value;
    }

    /** Adds a problem that one parameter alone does not show. */
    void problem(String words) {
        problems.add(words);
    }

    /** Requires that one time is before another, where both are given. */
    void inOrder(@Nullable Instant from, @Nullable Instant to) {
        if (from != null && to != null && !from.isBefore(to)) {
            problems.add("\"from\" must be before \"to\"");
        }
    }

    /**
     * Ends the reading.
     *
     * @throws BadRequest when anything was wrong, naming all of it
     */
    void check() {
        if (!problems.isEmpty()) {
            throw new BadRequest(String.join(". ", problems) + ".");
        }
    }

    static boolean isInRange(Instant time) {
        return !time.isBefore(EARLIEST) && !time.isAfter(LATEST);
    }

    private static @Nullable Instant time0(String text) {
        Instant time = text.matches("\\d{1,11}")
                ? Instant.ofEpochSecond(Long.parseLong(text))
                : OffsetDateTime.parse(text).toInstant();
        return isInRange(time) ? time : null;
    }

    private static Integer atLeast(int number, int least) {
        if (number < least) {
            throw new IllegalArgumentException("too small");
        }
        return number;
    }

    /** A request that cannot be understood; its message says what is expected. */
    static final class BadRequest extends RuntimeException {

        private static final long serialVersionUID = 1L;

        BadRequest(String message) {
            super(message);
        }
    }
}
