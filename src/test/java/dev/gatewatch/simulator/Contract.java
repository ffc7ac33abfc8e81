package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What Discord's documentation says of each object's fields: {@code simulator-contract.tsv}, which holds names and types, and nothing
 * else of it.
 *
 * <p>{@code array:T}, {@code map:T} and {@code partial:T} are made of other types. {@code a+b} is an object with the fields of both.
 */
final class Contract {

    private static final Map<String, Map<String, Field>> OBJECTS = load();

    private final List<String> complaints = new ArrayList<>();

    private record Field(String type, boolean required, boolean nullable) {}

    static boolean knows(String type) {
        return OBJECTS.containsKey(type);
    }

    /** What in this body is not as documented, as sentences. */
    static List<String> complaints(String name, JsonNode body, String type) {
        Contract contract = new Contract();
        contract.check(name, body, type);
        return contract.complaints;
    }

    private void check(String path, JsonNode value, String type) {
        if (type.startsWith("array:")) {
            if (expect(path, value.isArray(), "an array", value)) {
                value.forEach(element -> check(path + "[]", element, type.substring("array:".length())));
            }
        } else if (type.startsWith("map:")) {
            if (expect(path, value.isObject(), "an object", value)) {
                value.forEach(element -> check(path + "{}", element, type.substring("map:".length())));
            }
        } else if (type.startsWith("partial:")) {
            object(path, value, type.substring("partial:".length()), false);
        } else if (knows(type.split("\\+")[0])) {
            object(path, value, type, true);
        } else {
            expect(path, isScalar(value, type), type, value);
        }
    }

    private void object(String path, JsonNode value, String types, boolean complete) {
        if (!expect(path, value.isObject(), types, value)) {
            return;
        }
        Map<String, Field> fields = new LinkedHashMap<>();
        Arrays.stream(types.split("\\+"))
                .forEach(type -> fields.putAll(Objects.requireNonNull(OBJECTS.get(type), type)));
        fields.forEach((name, field) -> {
            if (complete && field.required() && !value.has(name)) {
                complaints.add(path + "." + name + " is missing");
            }
        });
        value.properties().forEach(entry -> {
            String name = path + "." + entry.getKey();
            Field field = fields.get(entry.getKey());
            if (field == null) {
                complaints.add(name + " is not documented");
            } else if (!entry.getValue().isNull()) {
                check(name, entry.getValue(), field.type());
            } else if (!field.nullable() && !List.of("null", "any").contains(field.type())) {
                complaints.add(name + " is null");
            }
        });
    }

    private boolean expect(String path, boolean fits, String type, JsonNode value) {
        if (!fits) {
            complaints.add(path + " is no " + type + " but " + value);
        }
        return fits;
    }

    private static boolean isScalar(JsonNode value, String type) {
        return switch (type) {
            case "any" -> true;
            case "null" -> value.isNull();
            case "string" -> value.isTextual();
            case "snowflake" -> value.isTextual() && value.asText().matches("[0-9]{1,20}");
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "object" -> value.isObject();
            case "timestamp" -> value.isTextual() && isTimestamp(value.asText());
            default -> throw new IllegalArgumentException("there is no type " + type);
        };
    }

    private static boolean isTimestamp(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static Map<String, Map<String, Field>> load() {
        Map<String, Map<String, Field>> objects = new LinkedHashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Contract.class.getResourceAsStream("/simulator-contract.tsv")),
                StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t"))
                    .forEach(row -> objects.computeIfAbsent(row[0], object -> new LinkedHashMap<>())
                            .put(
                                    row[1].replace("?", ""),
                                    new Field(row[2].replace("?", ""), !row[1].endsWith("?"), row[2].startsWith("?"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return objects;
    }
}
