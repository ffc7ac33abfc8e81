package dev.gatewatch.gateway;

import java.time.Duration;

/** The shorter and the longer of two durations. */
final class Durations {

    private Durations() {}

    static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
