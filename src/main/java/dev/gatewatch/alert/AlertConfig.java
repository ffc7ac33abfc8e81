package dev.gatewatch.alert;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Whom to tell, and when. */
@ConfigMapping(prefix = "gatewatch")
public interface AlertConfig {

    /**
     * {@code GATEWATCH_ALERT_TARGETS}: webhooks, each its kind, a colon and its URL, divided by white space or commas:
     * {@code discord:https://discord.com/api/webhooks/1/x slack:https://hooks.slack.com/services/T/B/x
     * json:https://example.org/hook}. The URLs are secrets. No default: nobody is told.
     */
    Optional<String> alertTargets();

    /** {@code GATEWATCH_ALERT_SECRET}: what messages to {@code json} targets are signed with. */
    Optional<String> alertSecret();

    /** {@code GATEWATCH_ALERT_OPEN_AFTER}, default 30 s: how long a shard must be away before an alert opens. Most losses heal within 1 s. */
    @WithDefault("30s")
    Duration alertOpenAfter();

    /** {@code GATEWATCH_ALERT_RESOLVE_AFTER}, default 30 s: how long all shards must be connected before the alert is over. */
    @WithDefault("30s")
    Duration alertResolveAfter();

    /** {@code GATEWATCH_ALERT_REMIND_EVERY}, default 4 hours: how often an open alert is told again; 0 for never. */
    @WithDefault("4h")
    Duration alertRemindEvery();

    /** {@code GATEWATCH_ALERT_FLAP_LOSSES}, default 5: how many losses of one shard within the window are flapping. */
    @WithDefault("5")
    int alertFlapLosses();

    /** {@code GATEWATCH_ALERT_FLAP_WINDOW}, default 10 minutes: the window for flapping, and how long it must be calm to end. */
    @WithDefault("10m")
    Duration alertFlapWindow();

    /** {@code GATEWATCH_ALERT_GIVE_UP_AFTER}, default 24 hours: a message that is not delivered by then is news to nobody. */
    @WithDefault("24h")
    Duration alertGiveUpAfter();

    /**
     * {@code GATEWATCH_DEADMAN_URL}: asked at each look of the scheduled monitor while all is well, so that somebody else notices
     * when Gatewatch is gone. The URL is a secret. No default.
     */
    Optional<String> deadmanUrl();

    /** {@code GATEWATCH_DEADMAN_ON_FAILURE}, default {@code fail}: ask {@code <url>/fail} while it is not, or be silent. */
    @WithDefault("fail")
    OnFailure deadmanOnFailure();

    /** What the dead man's switch does while the bot is away. */
    enum OnFailure {
        FAIL,
        SILENCE
    }
}
