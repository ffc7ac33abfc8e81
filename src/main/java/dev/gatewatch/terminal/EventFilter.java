package dev.gatewatch.terminal;

import java.util.List;

/** Which events are shown. */
enum EventFilter {
    ALL("all"),
    LOSSES("losses", "disconnected", "attempt_failed", "stopped", "exhausted", "error_occurred"),
    RECOVERIES("recoveries", "connected", "resumed"),
    ATTEMPTS("attempts", "started", "attempt_started", "hello_received", "identified", "plan_made");

    private final String word;

    @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
    private final List<String> kinds;

    EventFilter(String word, String... kinds) {
        this.word = word;
        this.kinds = List.of(kinds);
    }

    String word() {
        return word;
    }

    boolean shows(PastEvent event) {
        return kinds.isEmpty() || kinds.contains(event.kind());
    }

    /** The one so many steps further, in a circle. */
    EventFilter step(int steps) {
        List<EventFilter> all = List.of(values());
        return all.get(Math.floorMod(all.indexOf(this) + steps, all.size()));
    }
}
