package dev.gatewatch.drill;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * One row of the plan: a fault with its parameters, how long it lasts and what is expected.
 *
 * @param name unique: the fault's name, and what tells it from its siblings
 * @param fault the catalogue's name
 * @param parameters the catalogue's parameters
 * @param expected what a good client does
 * @param lasts how long it stays on before it is healed; zero for a fault that strikes once or heals itself
 * @param untilRecovered whether it is healed as soon as the client is connected again, {@code lasts} being the most
 * @param provoked the fault that makes a client meet this one: it cuts or invalidates the connection right after; none when empty
 * @param silent whether no events are sent meanwhile, since they would be signs of life
 * @param patience how long after its end the client may take
 */
record DrillRow(
        String name,
        String fault,
        Map<String, Object> parameters,
        Answer expected,
        Duration lasts,
        boolean untilRecovered,
        String provoked,
        boolean silent,
        Duration patience) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SECONDS = "seconds";

    static DrillRow row(String name, Answer expected, Map<String, Object> parameters) {
        String fault = name.contains("/") ? name.substring(0, name.indexOf('/')) : name;
        return new DrillRow(name, fault, parameters, expected, Duration.ZERO, false, "", false, PATIENCE);
    }

    static DrillRow row(String name, Answer expected) {
        return row(name, expected, Map.of());
    }

    DrillRow lasting(double seconds) {
        Duration time = Duration.ofMillis(Math.round(seconds * 1000));
        return new DrillRow(name, fault, parameters, expected, time, untilRecovered, provoked, silent, patience);
    }

    /** Healed when the client is back, or after so many seconds. */
    DrillRow untilRecovered(double seconds) {
        DrillRow timed = lasting(seconds);
        return new DrillRow(name, fault, parameters, expected, timed.lasts, true, provoked, silent, patience);
    }

    DrillRow provokedBy(String instantFault) {
        return new DrillRow(name, fault, parameters, expected, lasts, untilRecovered, instantFault, silent, patience);
    }

    DrillRow inSilence() {
        return new DrillRow(name, fault, parameters, expected, lasts, untilRecovered, provoked, true, patience);
    }

    DrillRow patient(double seconds) {
        Duration time = Duration.ofMillis(Math.round(seconds * 1000));
        return new DrillRow(name, fault, parameters, expected, lasts, untilRecovered, provoked, silent, time);
    }

    /** For one run: up to a second longer where the simulator ends it by itself, else the end would favour a client whose retries happen to meet it. */
    DrillRow lengthened(Random random) {
        if (ownDuration().isZero()) {
            return this;
        }
        Map<String, Object> longer = new HashMap<>(parameters);
        longer.put(SECONDS, ownDuration().plusMillis(random.nextInt(1_000)).toMillis() / 1e3);
        return new DrillRow(name, fault, longer, expected, lasts, untilRecovered, provoked, silent, patience);
    }

    /** Whether the simulator ends it by itself, after its own {@code seconds}. */
    Duration ownDuration() {
        return parameters.get(SECONDS) instanceof Number seconds
                ? Duration.ofMillis(Math.round(seconds.doubleValue() * 1000))
                : Duration.ZERO;
    }
}
