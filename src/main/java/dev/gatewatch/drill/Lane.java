package dev.gatewatch.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewatch.simulator.Journal.Entry;
import dev.gatewatch.simulator.Simulator;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One bot and the simulator it is connected to, as a drill sees them. A bot of one shard only. Used by one thread.
 *
 * @param simulator where the bot is connected
 * @param bot the bot
 * @param settle how long a connection must have lasted to count as settled
 */
public record Lane(Simulator simulator, Bot bot, Duration settle) {

    private static final Duration GLANCE = Duration.ofMillis(20);

    /** Discord's window for one IDENTIFY, and a little more for the client's own clock. */
    private static final Duration IDENTIFY_SPACING = Duration.ofMillis(5_300);

    /** A connection that has reached READY or RESUMED. */
    record Connected(long connection, long sequence, long acknowledged) {}

    /** The connection that is open and past READY or RESUMED; empty when there is none. */
    Optional<Connected> connected() {
        for (JsonNode session : simulator.state().path("sessions")) {
            if (session.path("connection").isNumber()) {
                return Optional.of(new Connected(
                        session.path("connection").asLong(),
                        session.path("sequence").asLong(),
                        session.path("acknowledged").asLong()));
            }
        }
        return Optional.empty();
    }

    /** Waits until the client has been connected for a while; empty when it is not in time. */
    Optional<Connected> settled(Duration most) throws InterruptedException {
        await(most, () -> connected().isPresent() && quietFor(settle));
        return connected().filter(now -> quietFor(settle));
    }

    /** Waits until an IDENTIFY may follow the last one, so that the drill forces nobody to break the rule. */
    void spaceIdentifies() throws InterruptedException {
        await(IDENTIFY_SPACING, () -> ageOfLast("identify") > IDENTIFY_SPACING.toNanos());
    }

    /** Asks the client for a heartbeat and waits until its sequence says that it has received everything. */
    boolean confirmed(Duration most) throws InterruptedException {
        simulator.requestHeartbeats();
        return await(most, () -> connected()
                .filter(now -> now.acknowledged() >= now.sequence())
                .isPresent());
    }

    /** Waits for something; false when it was not so in time. */
    static boolean await(Duration most, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + most.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(GLANCE.toMillis());
        }
        return true;
    }

    int identifiesSpent() {
        return simulator.state().at("/identifies/spent").asInt();
    }

    private boolean quietFor(Duration time) {
        return Math.min(ageOfLast("ready"), ageOfLast("resumed")) > time.toNanos();
    }

    private long ageOfLast(String event) {
        long now = System.nanoTime();
        return simulator.journal().entries().stream()
                .filter(entry -> entry.event().equals(event))
                .mapToLong(Entry::nanos)
                .map(nanos -> now - nanos)
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
