package dev.gatewatch.api;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows as comma-separated values, see [RFC 4180]. */
final class Csv {

    private final StringBuilder text = new StringBuilder();

    /** Begins with a header line. */
    Csv(String... columns) {
        line(List.of(columns));
    }

    /** Adds a row; what is absent is an empty field. */
    Csv row(@Nullable Object... fields) {
        line(Arrays.stream(fields)
                .map(field -> Optional.ofNullable(field).map(Object::toString).orElse(""))
                .toList());
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private void line(List<String> fields) {
        text.append(fields.stream().map(Csv::field).collect(Collectors.joining(",")))
                .append("\r\n");
    }

    private static String field(String value) {
        boolean plain = value.chars().noneMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n');
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
