package dev.gatewatch.terminal;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A state in one word, as monitoring plugins put it, and why.
 *
 * <p>See [Monitoring Plugins Development Guidelines/Plugin Return Codes].
 */
record Judgement(State state, String reason) {

    /** How long the bot may be away before it counts as down. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Set<String> RECOVERING =
            Set.of("starting", "connecting", "resuming", "reconnecting", "disconnected");

    /** The states, with a plugin's exit code and word. */
    enum State {
        OK(0, "OK"),
        DEGRADED(1, "WARNING"),
        DOWN(2, "CRITICAL"),
        UNKNOWN(3, "UNKNOWN");

        private final int exitCode;
        private final String pluginWord;

        State(int exitCode, String pluginWord) {
            this.exitCode = exitCode;
            this.pluginWord = pluginWord;
        }

        int exitCode() {
            return exitCode;
        }

        String pluginWord() {
            return pluginWord;
        }

        /** As in JSON. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Judgement unknown(Trouble trouble) {
        return new Judgement(State.UNKNOWN, trouble.message());
    }

    /**
     * Judges a reading.
     *
     * @param database what {@code /health} says of it; null when nothing
     */
    static Judgement of(Reading reading, @Nullable String database) {
        if (reading.isConnected()) {
            return "unhealthy".equals(database)
                    ? new Judgement(State.DEGRADED, connected(reading) + ", but the history's database does not answer")
                    : new Judgement(State.OK, connected(reading));
        }
        if (reading.status().equals("stopped")) {
            String why = reading.stopped();
            return new Judgement(State.DOWN, "stopped" + (why == null ? "" : ": " + why.strip()));
        }
        if (!RECOVERING.contains(reading.status())) {
            return new Judgement(
                    State.UNKNOWN, "the server says \"" + reading.status() + "\", which means nothing here");
        }
        return away(reading);
    }

    private static Judgement away(Reading reading) {
        Duration away = reading.away();
        boolean someConnected = reading.shards().stream().anyMatch(Reading.Shard::isConnected);
        boolean tooLong = away == null ? reading.status().equals("disconnected") : away.compareTo(PATIENCE) > 0;
        String reason = reading.status() + (away == null ? "" : " for " + Words.age(away));
        Reading.Fault error = reading.lastError();
        return new Judgement(
                tooLong && !someConnected ? State.DOWN : State.DEGRADED,
                error == null ? reason : reason + "; last error: " + error.message());
    }

    private static String connected(Reading reading) {
        Long uptime = reading.uptimeSeconds();
        return uptime == null ? "connected" : "connected for " + Words.duration(Duration.ofSeconds(uptime));
    }
}
