package dev.gatewatch;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.alert.AlertConfig;
import dev.gatewatch.api.ApiConfig;
import dev.gatewatch.bot.CommandConfig;
import dev.gatewatch.gateway.GatewayConfig;
import dev.gatewatch.gateway.StateConfig;
import dev.gatewatch.history.HistoryConfig;
import dev.gatewatch.status.StatusConfig;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every setting and its default, retyped: a new setting, or a changed default, fails here first. */
class DefaultsTest {

    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            entry("DISCORD_TOKEN", ""),
            entry("DISCORD_TOKEN_FILE", ""),
            entry("DISCORD_CONNECTION_TIMEOUT", "30"),
            entry("DISCORD_RECONNECT_DELAY", "5"),
            entry("DISCORD_MAX_RECONNECT_ATTEMPTS", "10"),
            entry("DISCORD_HEARTBEAT_TIMEOUT", "60"),
            entry("DISCORD_MAX_BACKOFF", "2m"),
            entry("DISCORD_READY_TIMEOUT", "60s"),
            entry("DISCORD_EXHAUSTED_ACTION", "retry"),
            entry("DISCORD_INTENTS", ""),
            entry("DISCORD_SHARD_COUNT", ""),
            entry("DISCORD_SHARD_IDS", ""),
            entry("DISCORD_API_BASE_URL", "https://discord.com/api/v10"),
            entry("DISCORD_SESSION_MAX_AGE", "15m"),
            entry("DISCORD_IDENTIFY_RESERVE", "50"),
            entry("GATEWATCH_MONITOR_INTERVAL", "5m"),
            entry("GATEWATCH_RECENT_ERRORS_WINDOW", "1h"),
            entry("GATEWATCH_READINESS_GRACE", "10s"),
            entry("GATEWATCH_HISTORY_ENABLED", "true"),
            entry("GATEWATCH_INSTANCE_ID", "default"),
            entry("GATEWATCH_DATABASE_URL", ""),
            entry("GATEWATCH_DATABASE_HOST", ""),
            entry("GATEWATCH_DATABASE_PORT", "5432"),
            entry("GATEWATCH_DATABASE_NAME", "gatewatch"),
            entry("GATEWATCH_DATABASE_USER", ""),
            entry("GATEWATCH_DATABASE_PASSWORD", ""),
            entry("GATEWATCH_INCIDENT_BLIP", "10s"),
            entry("GATEWATCH_DISCORD_STATUS_URL", ""),
            entry("GATEWATCH_RETENTION_EVENTS", "90d"),
            entry("GATEWATCH_RETENTION_INCIDENTS", "730d"),
            entry("GATEWATCH_RETENTION_MINUTES", "7d"),
            entry("GATEWATCH_RETENTION_HOURS", "90d"),
            entry("GATEWATCH_RETENTION_DAYS", "730d"),
            entry("GATEWATCH_COMMANDS_ENABLED", "true"),
            entry("GATEWATCH_COMMANDS_DISABLED", ""),
            entry("GATEWATCH_COMMANDS_GUILDS", ""),
            entry("GATEWATCH_COMMANDS_PUBLIC", ""),
            entry("GATEWATCH_COMMANDS_DEADLINE", "30s"),
            entry("GATEWATCH_COMMANDS_CONCURRENCY", "4"),
            entry("GATEWATCH_ADMIN_TOKEN", ""),
            entry("GATEWATCH_LOG_FORMAT", "text"),
            entry("GATEWATCH_ALERT_TARGETS", ""),
            entry("GATEWATCH_ALERT_SECRET", ""),
            entry("GATEWATCH_ALERT_OPEN_AFTER", "30s"),
            entry("GATEWATCH_ALERT_RESOLVE_AFTER", "30s"),
            entry("GATEWATCH_ALERT_REMIND_EVERY", "4h"),
            entry("GATEWATCH_ALERT_FLAP_LOSSES", "5"),
            entry("GATEWATCH_ALERT_FLAP_WINDOW", "10m"),
            entry("GATEWATCH_ALERT_GIVE_UP_AFTER", "24h"),
            entry("GATEWATCH_DEADMAN_URL", ""),
            entry("GATEWATCH_DEADMAN_ON_FAILURE", "fail"),
            entry("GATEWATCH_READ_TOKEN", ""),
            entry("GATEWATCH_MANAGEMENT_PORT", ""),
            entry("GATEWATCH_STREAM_LIMIT", "1000"),
            entry("GATEWATCH_STREAM_HEARTBEAT", "15s"),
            entry("GATEWATCH_DATA_DIR", "./data"));

    @Test
    void pinsEveryDefaultOfTheMappings() {
        assertThat(defaultsOfMappings()).containsExactlyInAnyOrderEntriesOf(DEFAULTS);
    }

    @Test
    void checksEverySettingOfTheMappingsAndTheHttpPort() {
        Map<String, String> checked = new TreeMap<>();
        Arrays.stream(Setting.values()).forEach(setting -> checked.put(setting.variable(), setting.defaultValue()));

        assertThat(checked.remove("QUARKUS_HTTP_PORT")).isEqualTo("5000");
        assertThat(checked.remove("QUARKUS_SHUTDOWN_DELAY")).isEqualTo("0s");
        assertThat(checked).containsExactlyInAnyOrderEntriesOf(DEFAULTS);
    }

    @Test
    void listensOnPort5000() {
        assertThat(ConfigUtils.configBuilder()
                        .build()
                        .getConfigValue("quarkus.http.port")
                        .getValue())
                .isIn("5000", System.getenv("QUARKUS_HTTP_PORT"));
    }

    private static Map<String, String> defaultsOfMappings() {
        Map<String, String> defaults = new TreeMap<>();
        Stream.of(
                        GatewayConfig.class,
                        StateConfig.class,
                        StatusConfig.class,
                        HistoryConfig.class,
                        ApiConfig.class,
                        CommandConfig.class,
                        AlertConfig.class)
                .forEach(mapping -> {
                    String prefix = mapping.getAnnotation(ConfigMapping.class).prefix();
                    for (Method member : mapping.getDeclaredMethods()) {
                        if (!member.isSynthetic() && member.getParameterCount() == 0) {
                            defaults.put(variable(prefix, member), defaultOf(member));
                        }
                    }
                });
        return defaults;
    }

    private static String variable(String prefix, Method member) {
        String words = member.getName().replaceAll("([A-Z])", "_$1");
        return (prefix + "_" + words).toUpperCase(Locale.ROOT);
    }

    private static String defaultOf(Method member) {
        WithDefault annotation = member.getAnnotation(WithDefault.class);
        return annotation == null ? "" : annotation.value();
    }
}
