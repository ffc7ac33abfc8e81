package dev.gatewatch.api;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Who may see and change what over HTTP, where, and how many may listen. */
@ConfigMapping(prefix = "gatewatch")
public interface ApiConfig {

    /** {@code GATEWATCH_ADMIN_TOKEN}: what a request must carry to change something. No default: then nothing can be changed. */
    Optional<String> adminToken();

    /** {@code GATEWATCH_READ_TOKEN}: what a request must carry to see more than {@code /health}. No default: then everybody sees all. */
    Optional<String> readToken();

    /** {@code GATEWATCH_MANAGEMENT_PORT}: a second port, for everything under {@code /q}. No default: it is on the first. */
    OptionalInt managementPort();

    /** {@code GATEWATCH_STREAM_LIMIT}, default 1000: how many streams are open at most; each costs some 30 KB and a socket. */
    @WithDefault("1000")
    int streamLimit();

    /**
     * {@code GATEWATCH_STREAM_HEARTBEAT}, default 15 s: how often a stream says something although nothing happens; below what
     * proxies take for dead. A reader that takes nothing for twice as long is cut off.
     */
    @WithDefault("15s")
    Duration streamHeartbeat();
}
