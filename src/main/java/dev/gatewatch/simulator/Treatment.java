package dev.gatewatch.simulator;

import java.time.Duration;

/**
 * What becomes of a payload that is about to be sent.
 *
 * @param struck whether a fault had its hand in it, so that it counts
 */
record Treatment(boolean struck, boolean sent, Duration delay) {

    /** As if there were no fault. */
    static final Treatment PASS = new Treatment(false, true, Duration.ZERO);

    /** Sent, but a fault has done something besides. */
    static final Treatment STRUCK = new Treatment(true, true, Duration.ZERO);

    static final Treatment DROP = new Treatment(true, false, Duration.ZERO);

    static Treatment late(Duration delay) {
        return new Treatment(true, true, delay);
    }
}
