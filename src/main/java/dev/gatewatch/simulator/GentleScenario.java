package dev.gatewatch.simulator;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Plays one gentle fault every 20 to 30 s, each healable without a newcomer losing heart. */
final class GentleScenario {

    private static final int PAUSE_MILLIS = 20_000;
    private static final int MORE_MILLIS = 10_000;

    /** The costly one, a new session, is rare; a dice throw takes one row. */
    private static final List<Move> MOVES = List.of(
            new Move("close", Map.of("code", 1000, "reason", "gentle scenario")),
            new Move("reconnect", Map.of()),
            new Move("drop", Map.of()),
            new Move("close", Map.of("code", 4000, "reason", "gentle scenario")),
            new Move("invalid-session", Map.of("resumable", true)),
            new Move("close", Map.of("code", 1001, "reason", "gentle scenario")),
            new Move("reconnect", Map.of()),
            new Move("mute-acks", Map.of("seconds", 15)),
            new Move("drop", Map.of()),
            new Move("invalid-session", Map.of("resumable", false)));

    private final Random random;

    GentleScenario(long seed) {
        this.random = new Random(seed);
    }

    /** One fault and how it is played. */
    record Move(String fault, Map<String, Object> parameters) {}

    /** Plays on the simulator's own event loop until that ends. */
    void start(Gateway gateway) {
        int pause = PAUSE_MILLIS + random.nextInt(MORE_MILLIS);
        gateway.loop().schedule(() -> play(gateway), pause, TimeUnit.MILLISECONDS);
    }

    /** The next fault of this seed. */
    Move next() {
        return MOVES.get(random.nextInt(MOVES.size()));
    }

    private void play(Gateway gateway) {
        Move move = next();
        new Faults(gateway).inject(move.fault(), move.parameters());
        start(gateway);
    }
}
