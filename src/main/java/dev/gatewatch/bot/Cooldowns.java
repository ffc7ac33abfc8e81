package dev.gatewatch.bot;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Who has to wait until when before using which command again. Thread-safe. */
final class Cooldowns {

    private static final int MOST = 10_000;

    private final Map<Use, Long> until = new HashMap<>();

    /** Somebody's use of a command. */
    private record Use(String command, String user) {}

    /**
     * Takes note of a use; how long the user still has to wait, zero when it may go on.
     *
     * @param cooldown how long the next one has to wait
     * @param now the scheduler's nanoseconds
     */
    synchronized Duration take(String command, String user, Duration cooldown, long now) {
        if (cooldown.isZero() || cooldown.isNegative()) {
            return Duration.ZERO;
        }
        Use use = new Use(command, user);
        Long end = until.get(use);
        if (end != null && end - now > 0) {
            return Duration.ofNanos(end - now);
        }
        if (until.size() >= MOST) {
            until.values().removeIf(past -> past - now <= 0);
        }
        until.put(use, now + cooldown.toNanos());
        return Duration.ZERO;
    }
}
