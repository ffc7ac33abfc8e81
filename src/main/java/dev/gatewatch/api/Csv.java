package dev.gatewatch.api;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rows as comma-separated values, see [RFC 4180].
 *
 * <p>Texts may come from a stranger, and a spreadsheet calculates a cell that begins like a formula. Such a text begins with an
 * apostrophe here, and one that holds another separator is quoted; numbers are left as they are. See [OWASP CSV Injection].
 */
final class Csv {

    private static final String FORMULAS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";
    private static final String QUOTED = "\",;\t\r\n";

    private final StringBuilder text = new StringBuilder();

    /** Begins with a header line. */
    Csv(String... columns) {
        line(List.of(columns));
    }

    /** Adds a row; what is absent is an empty field. */
    Csv row(@Nullable Object... fields) {
        line(Arrays.stream(fields)
                .map(field -> field instanceof Number number ? number.toString() : text(field))
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

    private static String text(@Nullable Object field) {
        String value = field == null ? "" : field.toString();
        return !value.isEmpty() && FORMULAS.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    }

    private static String field(String value) {
        boolean plain = value.chars().noneMatch(c -> QUOTED.indexOf(c) >= 0);
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
