package dev.gatewatch.bot;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.gateway.ConnectionEvents;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts how uses of commands and calls of listeners ended: {@code gatewatch.command.invocations}, {@code
 * gatewatch.listener.events}, and errors as facts of kind {@code COMMAND_…} and {@code LISTENER_…}.
 *
 * <p>The metrics count every one. Of errors of the same kind and handler one fact a second is published, so that a flood of them
 * does not become a flood of history. Thread-safe.
 */
final class Tally {

    private static final Duration FACTS_APART = Duration.ofSeconds(1);
    private static final int MOST = 1_000;

    private final MeterRegistry meters;
    private final ConnectionEvents events;
    private final Clock clock = Clock.systemUTC();
    private final Map<String, Long> told = new ConcurrentHashMap<>();

    Tally(MeterRegistry meters, ConnectionEvents events) {
        this.meters = meters;
        this.events = events;
    }

    /** A use of a command ended. */
    void command(Use use, Outcome outcome, String words) {
        counter(
                        "gatewatch.command.invocations",
                        "Uses of slash commands, by how they ended",
                        "command",
                        use.command(),
                        outcome)
                .increment();
        if (outcome.isError()) {
            fact(
                    use.shard(),
                    "COMMAND_" + outcome.name(),
                    use.command(),
                    "/" + use.command() + " (reference " + use.reference() + "): " + words);
        }
    }

    /** A listener was called, or was not for want of room; tells whether it is worth a line in the log. */
    boolean listener(int shard, String listener, Outcome outcome, String words) {
        counter(
                        "gatewatch.listener.events",
                        "Events handed to listeners, by how that ended",
                        "listener",
                        listener,
                        outcome)
                .increment();
        return outcome.isError() && fact(shard, "LISTENER_" + outcome.name(), listener, listener + ": " + words);
    }

    private Counter counter(String name, String help, String label, String handler, Outcome outcome) {
        return Counter.builder(name)
                .description(help)
                .tags(label, handler, "outcome", outcome.tag())
                .register(meters);
    }

    private boolean fact(int shard, String kind, String handler, String words) {
        long now = System.nanoTime();
        String key = kind + " " + handler;
        Long last = told.get(key);
        if (last != null && now - last < FACTS_APART.toNanos()) {
            return false;
        }
        if (told.size() < MOST) {
            told.put(key, now);
        }
        events.publish(new ConnectionEvent.ErrorOccurred(shard, clock.instant(), kind, words));
        return true;
    }
}
