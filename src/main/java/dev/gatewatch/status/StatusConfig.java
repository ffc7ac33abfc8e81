package dev.gatewatch.status;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What the read side remembers and how often the monitor looks. */
@ConfigMapping(prefix = "gatewatch")
public interface StatusConfig {

    /** {@code GATEWATCH_MONITOR_INTERVAL}, default 5 minutes, as the seed's background task. */
    @WithDefault("5m")
    Duration monitorInterval();

    /** {@code GATEWATCH_RECENT_ERRORS_WINDOW}, default 1 hour: how far back {@code recent_errors} counts. */
    @WithDefault("1h")
    Duration recentErrorsWindow();

    /** {@code GATEWATCH_READINESS_GRACE}, default 10 s: how long a lost connection may take to come back before readiness falls. */
    @WithDefault("10s")
    Duration readinessGrace();

    /** {@code GATEWATCH_LOG_FORMAT}, default text: lines for a terminal, or one JSON object a line for what collects logs. */
    @WithDefault("text")
    LogFormat logFormat();

    /** How log lines are written; what it means to the console is in {@code application.properties}. */
    enum LogFormat {
        TEXT,
        JSON
    }
}
