package dev.gatewatch.gateway;

import dev.gatewatch.connection.Backoff;
import dev.gatewatch.connection.CloseCode;
import dev.gatewatch.connection.Failure;
import dev.gatewatch.connection.RecoveryPolicy;
import dev.gatewatch.connection.Remedy;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * What every shard's supervisor goes by.
 *
 * @param policy decides what to do about a failure
 * @param config the operator's settings
 */
record SupervisionRules(RecoveryPolicy policy, GatewayConfig config) {

    /** How long RESUMED may take: a session that is there is resumed at once, so silence says that it is not. */
    static final Duration RESUMED = Duration.ofSeconds(10);

    /** How long the first attempt may take to HELLO; the next ones twice as long each, up to the connection timeout. */
    static final Duration FIRST_HELLO = Duration.ofSeconds(5);

    private static final int MOST_DOUBLINGS = 4;

    /** The rules of a configuration; {@code random} gives the jitter, from 0 to 1. */
    static SupervisionRules of(GatewayConfig config, DoubleSupplier random) {
        Duration longest = Durations.max(config.maxBackoff(), config.reconnectDelay());
        Backoff backoff = new Backoff(config.reconnectDelay(), longest, random);
        return new SupervisionRules(new RecoveryPolicy(backoff, config.maxReconnectAttempts()), config);
    }

    /**
     * The deadlines of attempt {@code number}, after so many READYs or RESUMEDs in a row that did not come.
     *
     * <p>Each time more patient: for HELLO, since an attempt begun in an outage may hang long after its end; for READY and RESUMED,
     * since IDENTIFYs are few, and Discord answers late in an outage.
     */
    Attempt.Deadlines deadlines(int number, int missedReadies, int failedResumes) {
        Duration first = FIRST_HELLO.multipliedBy(1L << Math.min(number - 1, MOST_DOUBLINGS));
        Duration hello = Durations.min(first, config.connectionTimeout());
        Duration ready = config.readyTimeout().multipliedBy(1L << Math.min(missedReadies, MOST_DOUBLINGS));
        Duration least = Durations.min(RESUMED, config.readyTimeout());
        Duration resumed = least.multipliedBy(1 + 2L * failedResumes);
        return new Attempt.Deadlines(hello, ready, resumed, config.heartbeatTimeout());
    }

    /**
     * What a person can do about a failure, in the terms of this configuration.
     *
     * @param recommendedShards how many shards Discord recommended when last asked; 0 when it was not
     */
    String remedy(Failure failure, int recommendedShards) {
        String remedy = Remedy.of(failure);
        CloseCode code = failure.kind() != Failure.Kind.CLOSED || failure.code() == null
                ? null
                : CloseCode.of(failure.code()).orElse(null);
        if (code == CloseCode.DISALLOWED_INTENTS) {
            return remedy + " It asks for " + String.join(", ", Intents.privileged(config)) + ".";
        }
        if (code == CloseCode.SHARDING_REQUIRED && recommendedShards > 0) {
            return remedy + " Discord recommended " + recommendedShards + " when it was last asked.";
        }
        return remedy;
    }
}
