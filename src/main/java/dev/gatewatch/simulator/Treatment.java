package dev.gatewatch.simulator;

import java.time.Duration;

/** What becomes of a payload that is about to be sent. */
record Treatment(boolean sent, Duration delay) {

    static final Treatment PASS = new Treatment(true, Duration.ZERO);
    static final Treatment DROP = new Treatment(false, Duration.ZERO);

    static Treatment late(Duration delay) {
        return new Treatment(true, delay);
    }
}
