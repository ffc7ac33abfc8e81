package dev.gatewatch.terminal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the history said: newest first. Immutable.
 *
 * @param incidents the last ones
 * @param events the last ones
 * @param errors how often each cause was met in the last 24 h, most frequent first
 * @param uptime percent per window, in the server's order
 * @param latencies per minute, oldest first, in milliseconds
 */
record Past(
        List<PastIncident> incidents,
        List<PastEvent> events,
        Map<String, Long> errors,
        Map<String, Double> uptime,
        List<Double> latencies) {

    static final Past NONE = new Past(List.of(), List.of(), Map.of(), Map.of(), List.of());

    private static final int MOST_EVENTS = 500;

    /**
     * Reads it.
     *
     * @return empty when the server keeps no history
     * @throws NoAnswerException when it does, but cannot be read at the moment
     */
    static Optional<Past> read(Server server, Instant now) throws NoAnswerException {
        Optional<Fields> incidents = server.fields("/history/incidents?limit=20");
        if (incidents.isEmpty()) {
            return Optional.empty();
        }
        String yesterday = now.minusSeconds(86_400).toString();
        String lastHour = now.minusSeconds(3_600).toString();
        List<PastEvent> events = events(server.fields("/history/events?limit=200"));
        List<PastEvent> errors =
                events(server.fields("/history/events?limit=1000&kind=error_occurred&from=" + yesterday));
        Optional<Fields> uptime = server.fields("/history/uptime");
        Optional<Fields> samples = server.fields("/history/samples?step=1m&from=" + lastHour);
        return Optional.of(new Past(
                incidents.get().list("items").stream()
                        .map(PastIncident::of)
                        .filter(Objects::nonNull)
                        .toList(),
                events,
                byCause(errors),
                uptime.map(Past::windows).orElse(Map.of()),
                samples.map(Past::latencies).orElse(List.of())));
    }

    /** With one more event, unless it is known. */
    Past with(PastEvent event) {
        if (events.stream().anyMatch(known -> known.id().equals(event.id()))) {
            return this;
        }
        List<PastEvent> more = new ArrayList<>(events);
        more.add(0, event);
        more.sort(Comparator.comparing(PastEvent::id).reversed());
        return new Past(
                incidents, List.copyOf(more.subList(0, Math.min(MOST_EVENTS, more.size()))), errors, uptime, latencies);
    }

    private static List<PastEvent> events(Optional<Fields> page) {
        return page.map(fields -> fields.list("items").stream()
                        .map(PastEvent::of)
                        .filter(Objects::nonNull)
                        .toList())
                .orElse(List.of());
    }

    private static Map<String, Long> byCause(List<PastEvent> errors) {
        Map<String, Long> counts = errors.stream()
                .collect(Collectors.groupingBy(
                        event -> event.cause() == null ? event.kind() : event.cause(), Collectors.counting()));
        Map<String, Long> sorted = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }

    private static Map<String, Double> windows(Fields uptime) {
        Map<String, Double> windows = new LinkedHashMap<>();
        for (Fields window : uptime.list("windows")) {
            Fields total = window.object("total");
            Double percent = total == null ? null : total.number("uptime_percent");
            if (percent != null) {
                windows.put(window.text("window", "?"), percent);
            }
        }
        return windows;
    }

    private static List<Double> latencies(Fields samples) {
        return samples.list("items").stream()
                .map(sample -> sample.number("latency"))
                .filter(Objects::nonNull)
                .toList();
    }
}
