package dev.gatewatch.bot;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Who has to wait until when before using which command again. Thread-safe. */
final class Cooldowns {

    private static final int MOST = 10_000;

    private final Map<Use, Instant> until = new HashMap<>();

    /** Somebody's use of a command. */
    private record Use(String command, String user) {}

    /**
     * Takes note of a use; how long the user still has to wait, zero when it may go on.
     *
     * @param cooldown how long the next one has to wait
     */
    synchronized Duration take(String command, String user, Duration cooldown, Instant now) {
        if (cooldown.isZero() || cooldown.isNegative()) {
            return Duration.ZERO;
        }
        Use use = new Use(command, user);
        Instant end = until.get(use);
        if (end != null && end.isAfter(now)) {
            return Duration.between(now, end);
        }
        if (until.size() >= MOST) {
            until.values().removeIf(past -> !past.isAfter(now));
        }
        until.put(use, now.plus(cooldown));
        return Duration.ZERO;
    }
}
