package dev.gatewatch.alert;

import java.time.Duration;

/**
 * The numbers of the policy.
 *
 * @param openAfter how long a shard must be away before an alert opens
 * @param resolveAfter how long all shards must be connected before it is over
 * @param remindEvery how often an open alert is told again; zero for never
 * @param flapLosses how many losses of one shard within the window are flapping; 2 or more
 * @param flapWindow the window
 */
record AlertSettings(
        Duration openAfter, Duration resolveAfter, Duration remindEvery, int flapLosses, Duration flapWindow) {

    static AlertSettings of(AlertConfig config) {
        return new AlertSettings(
                config.alertOpenAfter(),
                config.alertResolveAfter(),
                config.alertRemindEvery(),
                config.alertFlapLosses(),
                config.alertFlapWindow());
    }
}
