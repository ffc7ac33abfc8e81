package dev.gatewatch.terminal;

import java.util.Set;

/** Which events are shown. */
enum EventFilter {
    ALL("all", Set.of()),
    LOSSES("losses", Set.of("disconnected", "attempt_failed", "stopped", "exhausted", "error_occurred")),
    RECOVERIES("recoveries", Set.of("connected", "resumed")),
    ATTEMPTS("attempts", Set.of("started", "attempt_started", "hello_received", "identified", "plan_made"));

    private final String word;
    private final Set<String> kinds;

    EventFilter(String word, Set<String> kinds) {
        this.word = word;
        this.kinds = kinds;
    }

    String word() {
        return word;
    }

    boolean shows(PastEvent event) {
        return kinds.isEmpty() || kinds.contains(event.kind());
    }

    /** The one so many steps further, in a circle. */
    EventFilter step(int steps) {
        return values()[Math.floorMod(ordinal() + steps, values().length)];
    }
}
