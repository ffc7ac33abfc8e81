package dev.gatewatch.history;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How often each failure occurred, in the order of their first time; immutable.
 *
 * @param counts by {@code KIND} or {@code KIND:code}
 */
public record FailureCounts(Map<String, Integer> counts) {

    /** None. */
    public static final FailureCounts NONE = new FailureCounts(Map.of());

    private static final String CLOSED = "CLOSED:";

    public FailureCounts {
        counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    }

    /** Reads what {@link #text} wrote. */
    static FailureCounts parse(String text) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        Arrays.stream(text.split(",", -1)).filter(part -> part.contains("=")).forEach(part -> {
            int equals = part.lastIndexOf('=');
            counts.put(part.substring(0, equals), Integer.valueOf(part.substring(equals + 1)));
        });
        return new FailureCounts(counts);
    }

    /** These and one more. */
    FailureCounts plus(String kind, @Nullable Integer code) {
        Map<String, Integer> more = new LinkedHashMap<>(counts);
        more.merge(key(kind, code), 1, Integer::sum);
        return new FailureCounts(more);
    }

    /** Whether this failure is among them. */
    boolean has(String kind, @Nullable Integer code) {
        return counts.containsKey(key(kind, code));
    }

    /** One line, {@code CLOSED:4000=2,CONNECT=1}. */
    String text() {
        return counts.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(","));
    }

    /** The close codes among them. */
    List<Integer> closeCodes() {
        return counts.keySet().stream()
                .filter(key -> key.startsWith(CLOSED))
                .map(key -> Integer.valueOf(key.substring(CLOSED.length())))
                .toList();
    }

    private static String key(String kind, @Nullable Integer code) {
        return code == null ? kind : kind + ":" + code;
    }
}
