package dev.gatewatch.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How to reach Discord and how patient to be with it.
 *
 * <p>Durations are plain numbers of seconds, {@code 45s}, {@code 5m} or ISO-8601 ({@code PT1M}).
 */
@ConfigMapping(prefix = "discord")
public interface GatewayConfig {

    /** {@code DISCORD_TOKEN}: the bot token. No default; without one the service starts, is not ready, and says so. */
    Optional<String> token();

    /** {@code DISCORD_TOKEN_FILE}: a file holding the bot token, for mounted secrets. Excludes {@code DISCORD_TOKEN}. */
    Optional<Path> tokenFile();

    /** {@code DISCORD_CONNECTION_TIMEOUT}, seconds, default 30: from the first packet to HELLO, TCP (3 s of it at most), TLS and upgrade included. */
    @WithDefault("30")
    Duration connectionTimeout();

    /** {@code DISCORD_RECONNECT_DELAY}, seconds, default 5: the base of the exponential backoff; Discord allows one IDENTIFY per 5 s. */
    @WithDefault("5")
    Duration reconnectDelay();

    /** {@code DISCORD_MAX_RECONNECT_ATTEMPTS}, default 10: consecutive failures after which {@link #exhaustedAction} applies. */
    @WithDefault("10")
    int maxReconnectAttempts();

    /** {@code DISCORD_HEARTBEAT_TIMEOUT}, seconds, default 60: the longest silence before a connection counts as dead. */
    @WithDefault("60")
    Duration heartbeatTimeout();

    /** {@code DISCORD_MAX_BACKOFF}, default 2 minutes: the longest wait between two attempts; an outage's end is noticed within it. */
    @WithDefault("2m")
    Duration maxBackoff();

    /** {@code DISCORD_READY_TIMEOUT}, default 60 s: the first deadline for READY; doubles with each miss, since READY may take minutes in an outage. */
    @WithDefault("60s")
    Duration readyTimeout();

    /** {@code DISCORD_EXHAUSTED_ACTION}, default {@code retry}: what to do after the last allowed attempt failed. */
    @WithDefault("retry")
    ExhaustedAction exhaustedAction();

    /** {@code DISCORD_INTENTS}, comma-separated names; default: all that need no approval. */
    Optional<List<String>> intents();

    /** {@code DISCORD_SHARD_COUNT}, 1 or more; default: what Discord recommends. */
    OptionalInt shardCount();

    /** {@code DISCORD_SHARD_IDS}, comma-separated, each below the shard count, which is then required; default: all. */
    Optional<List<Integer>> shardIds();

    /** {@code DISCORD_API_BASE_URL}, default Discord's API v10. */
    @WithDefault("https://discord.com/api/v10")
    URI apiBaseUrl();

    /** {@code DISCORD_SESSION_MAX_AGE}, default 15 minutes: how old a session may be to be resumed after a restart; Discord keeps them for minutes. */
    @WithDefault("15m")
    Duration sessionMaxAge();

    /** {@code DISCORD_IDENTIFY_RESERVE}, default 50: how many of the day's IDENTIFYs are never spent; beyond the last Discord resets the token. */
    @WithDefault("50")
    int identifyReserve();

    /** What to do when {@link #maxReconnectAttempts} consecutive attempts failed. */
    enum ExhaustedAction {
        /** Go on at the maximum backoff, for ever. */
        RETRY,
        /** Stop until told to start; the seed's behaviour. */
        STOP,
        /** Fail liveness, so that the platform restarts the process. */
        RESTART
    }
}
