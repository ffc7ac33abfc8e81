package dev.gatewatch.simulator;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The checked parameters of one injected fault, defaults filled in. */
record Arguments(Map<String, Object> values) {

    /** Checks what was given against what the fault takes. */
    static Arguments check(FaultKind kind, Map<String, ?> given) {
        List<Parameter> known = kind.parameters();
        for (String name : given.keySet()) {
            if (known.stream().noneMatch(parameter -> parameter.name().equals(name))) {
                String names = known.stream().map(Parameter::name).collect(Collectors.joining(", "));
                throw new FaultRefusedException(
                        "fault '%s' has no parameter '%s'; it has: %s".formatted(kind.name(), name, names));
            }
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (Parameter parameter : known) {
            Object value = given.get(parameter.name());
            Object fallback = parameter.fallback();
            if (value != null) {
                values.put(parameter.name(), parameter.accept(value));
            } else if (fallback != null) {
                values.put(parameter.name(), fallback);
            }
        }
        return new Arguments(values);
    }

    int integer(String name) {
        return ((Number) required(name)).intValue();
    }

    double number(String name) {
        return ((Number) required(name)).doubleValue();
    }

    boolean flag(String name) {
        return (Boolean) required(name);
    }

    String text(String name) {
        return (String) required(name);
    }

    /** The shard that is meant, null for all. */
    @Nullable
    Integer shard() {
        return (Integer) values.get("shard");
    }

    /** How often it strikes, 0 for no limit. */
    int count() {
        return values.get("count") instanceof Integer count ? count : 0;
    }

    /** Whether the open connections are reset, so that the fault is met at once. */
    boolean cut() {
        return Boolean.TRUE.equals(values.get("cut"));
    }

    /** How long it lasts, zero for until it is healed. */
    Duration duration() {
        return values.get("seconds") instanceof Number seconds
                ? Duration.ofMillis(Math.round(seconds.doubleValue() * 1000))
                : Duration.ZERO;
    }

    private Object required(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalStateException(
                    "a fault reads its parameter '" + name + "', which its row does not declare");
        }
        return value;
    }
}
