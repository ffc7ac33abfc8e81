package dev.gatewatch.gateway;

import dev.gatewatch.connection.Backoff;
import dev.gatewatch.connection.RecoveryPolicy;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * What every shard's supervisor goes by.
 *
 * @param policy decides what to do about a failure
 * @param config the operator's settings
 */
record SupervisionRules(RecoveryPolicy policy, GatewayConfig config) {

    private static final int MOST_DOUBLINGS = 4;

    /** The rules of a configuration; {@code random} gives the jitter, from 0 to 1. */
    static SupervisionRules of(GatewayConfig config, DoubleSupplier random) {
        Duration longest = config.maxBackoff().compareTo(config.reconnectDelay()) < 0
                ? config.reconnectDelay()
                : config.maxBackoff();
        Backoff backoff = new Backoff(config.reconnectDelay(), longest, random);
        return new SupervisionRules(new RecoveryPolicy(backoff, config.maxReconnectAttempts()), config);
    }

    /** The deadlines after so many READYs that did not come: each time twice as patient, since IDENTIFYs are few. */
    Attempt.Deadlines deadlines(int missedReadies) {
        Duration ready = config.readyTimeout().multipliedBy(1L << Math.min(missedReadies, MOST_DOUBLINGS));
        return new Attempt.Deadlines(
                config.connectionTimeout(), ready, config.readyTimeout(), config.heartbeatTimeout());
    }
}
