package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One parameter of a fault: its type, range, default (null: may be left out) and meaning. */
record Parameter(
        String name,
        Type type,
        @Nullable Object fallback,
        double min,
        double max,
        List<String> choices,
        String description) {

    /** What values look like in JSON. */
    enum Type {
        INTEGER,
        NUMBER,
        BOOLEAN,
        TEXT,
        CHOICE
    }

    static Parameter integer(String name, @Nullable Integer fallback, int min, int max, String description) {
        return new Parameter(name, Type.INTEGER, fallback, min, max, List.of(), description);
    }

    static Parameter number(String name, double fallback, double min, double max, String description) {
        return new Parameter(name, Type.NUMBER, fallback, min, max, List.of(), description);
    }

    static Parameter flag(String name, boolean fallback, String description) {
        return new Parameter(name, Type.BOOLEAN, fallback, 0, 0, List.of(), description);
    }

    static Parameter text(String name, String fallback, String description) {
        return new Parameter(name, Type.TEXT, fallback, 0, 123, List.of(), description);
    }

    static Parameter choice(String name, String fallback, List<String> choices, String description) {
        return new Parameter(name, Type.CHOICE, fallback, 0, 0, choices, description);
    }

    /** Checks a given value and brings it to its Java type. */
    Object accept(Object value) {
        return switch (type) {
            case INTEGER -> {
                if (value instanceof Number number && number.doubleValue() == Math.rint(number.doubleValue())) {
                    yield (int) within(number.doubleValue());
                }
                throw wrong(value);
            }
            case NUMBER -> {
                if (value instanceof Number number) {
                    yield within(number.doubleValue());
                }
                throw wrong(value);
            }
            case BOOLEAN -> {
                if (value instanceof Boolean) {
                    yield value;
                }
                throw wrong(value);
            }
            case TEXT -> {
                if (value instanceof String text && text.length() <= max) {
                    yield value;
                }
                throw wrong(value);
            }
            case CHOICE -> {
                if (value instanceof String text && choices.contains(text)) {
                    yield value;
                }
                throw wrong(value);
            }
        };
    }

    /** What is allowed, in words. */
    String expected() {
        return switch (type) {
            case INTEGER -> "a whole number from %.0f to %.0f".formatted(min, max);
            case NUMBER -> "a number from %s to %s".formatted(min, max);
            case BOOLEAN -> "true or false";
            case TEXT -> "a text of at most %.0f characters".formatted(max);
            case CHOICE -> "one of " + String.join(", ", choices);
        };
    }

    ObjectNode json() {
        ObjectNode json =
                Json.object().put("name", name).put("type", type.name().toLowerCase(Locale.ROOT));
        json.set("default", Json.tree(fallback == null ? NullNode.instance : fallback));
        return json.put("expected", expected()).put("description", description);
    }

    private double within(double value) {
        if (value < min || value > max) {
            throw wrong(value);
        }
        return value;
    }

    private FaultRefusedException wrong(Object value) {
        return new FaultRefusedException(
                "parameter '%s' is %s, expected %s".formatted(name, Json.tree(value), expected()));
    }
}
