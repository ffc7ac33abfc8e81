package dev.gatewatch.gateway;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Slows a crash loop down: after several starts in a short time, connecting waits, while probes and status answer.
 *
 * @param starts when the process was started, oldest first
 */
@RegisterForReflection // for Jackson in a native image
record RestartBrake(List<Instant> starts) {

    /** How far back starts count. */
    static final Duration WINDOW = Duration.ofMinutes(10);

    /** How many starts within {@link #WINDOW} are nobody's fault: a roll-out, and a rollback. */
    static final int FREE_STARTS = 5;

    private static final Duration FIRST_DELAY = Duration.ofSeconds(10);
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(5);
    private static final int MOST_DOUBLINGS = 5;

    RestartBrake {
        starts = List.copyOf(starts);
    }

    /** These starts and one more; those that no longer count are left out. */
    RestartBrake plus(Instant start) {
        List<Instant> counted = new ArrayList<>(starts);
        counted.removeIf(at -> at.isBefore(start.minus(WINDOW)) || at.isAfter(start));
        counted.add(start);
        return new RestartBrake(counted);
    }

    /** How long to wait before connecting; doubles with each start too many. */
    Duration delay() {
        int tooMany = starts.size() - FREE_STARTS;
        if (tooMany <= 0) {
            return Duration.ZERO;
        }
        Duration delay = FIRST_DELAY.multipliedBy(1L << Math.min(tooMany - 1, MOST_DOUBLINGS));
        return Durations.min(delay, LONGEST_DELAY);
    }
}
