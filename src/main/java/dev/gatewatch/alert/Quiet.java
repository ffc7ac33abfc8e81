package dev.gatewatch.alert;

import dev.gatewatch.history.MaintenanceWindow;
import java.time.Instant;
import java.util.List;

/**
 * The times in which nothing is to be alerted: maintenance windows.
 *
 * @param windows in any order; they may overlap
 */
record Quiet(List<MaintenanceWindow> windows) {

    static final Quiet NEVER = new Quiet(List.of());

    /** Whether it is quiet now. */
    boolean at(Instant now) {
        return windows.stream()
                .anyMatch(window -> !window.from().isAfter(now) && window.to().isAfter(now));
    }

    /** When it was last quiet: what happened before that was meant to be. Long ago when never. */
    Instant lastEnd(Instant now) {
        return windows.stream()
                .map(MaintenanceWindow::to)
                .filter(end -> !end.isAfter(now))
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }
}
