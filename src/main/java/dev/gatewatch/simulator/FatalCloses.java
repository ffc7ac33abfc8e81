package dev.gatewatch.simulator;

import java.util.HashSet;
import java.util.Set;

/**
 * Remembers who was closed for good, to notice who comes back with the very same request.
 *
 * <p>Discord's table says "Reconnect: false" for 4004 and 4010 to 4014. See [Discord Docs/Opcodes and Status
 * Codes/Gateway Close Event Codes].
 */
final class FatalCloses {

    private final Set<String> identities = new HashSet<>();

    void remember(String identity) {
        identities.add(identity);
    }

    boolean contains(String identity) {
        return identities.contains(identity);
    }

    /** Forgets all: whoever heals the faults may start the bot again. */
    void clear() {
        identities.clear();
    }
}
