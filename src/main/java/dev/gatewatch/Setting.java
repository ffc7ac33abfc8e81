package dev.gatewatch;

import static dev.gatewatch.Rules.directory;
import static dev.gatewatch.Rules.duration;
import static dev.gatewatch.Rules.httpUrl;
import static dev.gatewatch.Rules.intents;
import static dev.gatewatch.Rules.oneOf;
import static dev.gatewatch.Rules.wholeNumber;

import dev.gatewatch.alert.AlertConfig.OnFailure;
import dev.gatewatch.gateway.GatewayConfig.ExhaustedAction;
import dev.gatewatch.status.StatusConfig.LogFormat;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every setting, one row each: its property, its default ("" for none) and its rule.
 *
 * <p>The mapping interfaces of the rooms read the same properties; a test holds the two together.
 */
@SuppressWarnings("ImmutableEnumChecker") // rules are functions without state
enum Setting {
    // spotless:off
    TOKEN                  ("discord.token",                  "",      Rules.token()),
    TOKEN_FILE             ("discord.token-file",             "",      Rules.tokenFile()),
    CONNECTION_TIMEOUT     ("discord.connection-timeout",     "30",    duration(Limits.MILLI, Limits.HOUR)),
    RECONNECT_DELAY        ("discord.reconnect-delay",        "5",     duration(Limits.MILLI, Limits.HOUR)),
    MAX_RECONNECT_ATTEMPTS ("discord.max-reconnect-attempts", "10",    wholeNumber(1, 1_000_000, "10")),
    HEARTBEAT_TIMEOUT      ("discord.heartbeat-timeout",      "60",    duration(Limits.MILLI, Limits.HOUR)),
    MAX_BACKOFF            ("discord.max-backoff",            "2m",    duration(Limits.MILLI, Limits.DAY)),
    READY_TIMEOUT          ("discord.ready-timeout",          "60s",   duration(Limits.MILLI, Limits.HOUR)),
    EXHAUSTED_ACTION       ("discord.exhausted-action",       "retry", oneOf(ExhaustedAction.values())),
    INTENTS                ("discord.intents",                "",      intents()),
    SHARD_COUNT            ("discord.shard-count",            "",      wholeNumber(1, 100_000, "2")),
    SHARD_IDS              ("discord.shard-ids",              "",      Rules.shardIds()),
    API_BASE_URL           ("discord.api-base-url",           "https://discord.com/api/v10", httpUrl("https://discord.com/api/v10")),
    SESSION_MAX_AGE        ("discord.session-max-age",        "15m",   duration(Limits.SECOND, Limits.DAY)),
    IDENTIFY_RESERVE       ("discord.identify-reserve",       "50",    wholeNumber(0, 999, "50")),
    MONITOR_INTERVAL       ("gatewatch.monitor-interval",     "5m",    duration(Limits.SECOND, Limits.DAY)),
    RECENT_ERRORS_WINDOW   ("gatewatch.recent-errors-window", "1h",    duration(Limits.SECOND, Limits.MONTH)),
    READINESS_GRACE        ("gatewatch.readiness-grace",      "10s",   duration(Duration.ZERO, Limits.DAY)),
    LOG_FORMAT             ("gatewatch.log-format",           "text",  oneOf(LogFormat.values())),
    DATA_DIR               ("gatewatch.data-dir",             "./data", directory("/var/lib/gatewatch")),
    HISTORY_ENABLED        ("gatewatch.history-enabled",      "true",   Rules.yesOrNo()),
    INSTANCE_ID            ("gatewatch.instance-id",          "default", Rules.word("bot-1")),
    DATABASE_URL           ("gatewatch.database-url",         "",       Rules.postgresUrl()),
    DATABASE_HOST          ("gatewatch.database-host",        "",       Rules.word("db.example.org")),
    DATABASE_PORT          ("gatewatch.database-port",        "5432",   wholeNumber(1, 65_535, "5432")),
    DATABASE_NAME          ("gatewatch.database-name",        "gatewatch", Rules.word("gatewatch")),
    DATABASE_USER          ("gatewatch.database-user",        "",       Rules.anything()),
    DATABASE_PASSWORD      ("gatewatch.database-password",    "",       Rules.anything()),
    INCIDENT_BLIP          ("gatewatch.incident-blip",        "10s",    duration(Duration.ZERO, Limits.DAY)),
    DISCORD_STATUS_URL     ("gatewatch.discord-status-url",   "",       httpUrl("https://discordstatus.com/api/v2/summary.json")),
    RETENTION_EVENTS       ("gatewatch.retention-events",     "90d",    duration(Limits.HOUR, Limits.DECADE)),
    RETENTION_INCIDENTS    ("gatewatch.retention-incidents",  "730d",   duration(Limits.HOUR, Limits.DECADE)),
    RETENTION_MINUTES      ("gatewatch.retention-minutes",    "7d",     duration(Limits.HOUR, Limits.DECADE)),
    RETENTION_HOURS        ("gatewatch.retention-hours",      "90d",    duration(Limits.DAY, Limits.DECADE)),
    RETENTION_DAYS         ("gatewatch.retention-days",       "730d",   duration(Limits.DAY, Limits.DECADE)),
    COMMANDS_ENABLED       ("gatewatch.commands-enabled",     "true",   Rules.yesOrNo()),
    COMMANDS_DISABLED      ("gatewatch.commands-disabled",    "",       Rules.commandNames()),
    COMMANDS_GUILDS        ("gatewatch.commands-guilds",      "",       Rules.guildIds()),
    COMMANDS_PUBLIC        ("gatewatch.commands-public",      "",       Rules.commandNames()),
    COMMANDS_DEADLINE      ("gatewatch.commands-deadline",    "30s",    duration(Limits.MILLI, Limits.TOKEN_LIFE)),
    COMMANDS_CONCURRENCY   ("gatewatch.commands-concurrency", "4",      wholeNumber(1, 100, "4")),
    ADMIN_TOKEN            ("gatewatch.admin-token",          "",       Rules.adminToken()),
    ALERT_TARGETS          ("gatewatch.alert-targets",        "",       Rules.alertTargets()),
    ALERT_SECRET           ("gatewatch.alert-secret",         "",       Rules.alertSecret()),
    ALERT_OPEN_AFTER       ("gatewatch.alert-open-after",     "30s",    duration(Duration.ZERO, Limits.DAY)),
    ALERT_RESOLVE_AFTER    ("gatewatch.alert-resolve-after",  "30s",    duration(Duration.ZERO, Limits.DAY)),
    ALERT_REMIND_EVERY     ("gatewatch.alert-remind-every",   "4h",     duration(Duration.ZERO, Limits.MONTH)),
    ALERT_FLAP_LOSSES      ("gatewatch.alert-flap-losses",    "5",      wholeNumber(2, 1_000, "5")),
    ALERT_FLAP_WINDOW      ("gatewatch.alert-flap-window",    "10m",    duration(Limits.SECOND, Limits.DAY)),
    ALERT_GIVE_UP_AFTER    ("gatewatch.alert-give-up-after",  "24h",    duration(Limits.SECOND, Limits.MONTH)),
    DEADMAN_URL            ("gatewatch.deadman-url",          "",       Rules.pingUrl()),
    DEADMAN_ON_FAILURE     ("gatewatch.deadman-on-failure",   "fail",   oneOf(OnFailure.values())),
    READ_TOKEN             ("gatewatch.read-token",           "",       Rules.anything()),
    MANAGEMENT_PORT        ("gatewatch.management-port",      "",       wholeNumber(0, 65_535, "9000")),
    STREAM_LIMIT           ("gatewatch.stream-limit",         "1000",   wholeNumber(0, 100_000, "1000")),
    STREAM_HEARTBEAT       ("gatewatch.stream-heartbeat",     "15s",    duration(Limits.SECOND, Limits.MINUTE)),
    SHUTDOWN_DELAY         ("quarkus.shutdown.delay",         "0s",     duration(Duration.ZERO, Limits.HOUR)),
    HTTP_PORT              ("quarkus.http.port",              "5000",  wholeNumber(0, 65_535, "5000"));
    // spotless:on

    private final String property;
    private final String defaultValue;
    private final Rule rule;

    Setting(String property, String defaultValue, Rule rule) {
        this.property = property;
        this.defaultValue = defaultValue;
        this.rule = rule;
    }

    /** The name in configuration files. */
    String property() {
        return property;
    }

    /** The name of its environment variable. */
    String variable() {
        return property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** Its value when nothing is set; "" when it then has none. */
    String defaultValue() {
        return defaultValue;
    }

    /** What a value must be. */
    Rule rule() {
        return rule;
    }

    /** Whether its value must never be seen. */
    boolean secret() {
        return switch (this) {
            case TOKEN,
                    DATABASE_URL,
                    DATABASE_PASSWORD,
                    ADMIN_TOKEN,
                    READ_TOKEN,
                    ALERT_TARGETS,
                    ALERT_SECRET,
                    DEADMAN_URL -> true;
            default -> false;
        };
    }

    /** Whether a file may hold its value. The file of {@link #TOKEN} is a setting of its own, since it is read again. */
    boolean canBeInFile() {
        return secret() && this != TOKEN;
    }

    /** The property that names the file that holds its value, if it {@link #canBeInFile}. */
    String fileProperty() {
        return property + "-file";
    }

    /** The environment variable that names the file that holds its value, if it {@link #canBeInFile}. */
    String fileVariable() {
        return variable() + "_FILE";
    }

    /** Finds a setting by its environment variable. */
    static Optional<Setting> ofVariable(String variable) {
        return Arrays.stream(values())
                .filter(setting -> setting.variable().equals(variable))
                .findFirst();
    }

    /** All environment variables, in order. */
    static List<String> variables() {
        return Arrays.stream(values())
                .flatMap(setting -> setting.canBeInFile()
                        ? Stream.of(setting.variable(), setting.fileVariable())
                        : Stream.of(setting.variable()))
                .toList();
    }

    /** Bounds that keep a slip of the finger, such as milliseconds for seconds, from becoming a wait of years. */
    private static final class Limits {
        static final Duration MILLI = Duration.ofMillis(1);
        static final Duration SECOND = Duration.ofSeconds(1);
        static final Duration TOKEN_LIFE = Duration.ofMinutes(14); // Discord's interaction tokens live for 15
        static final Duration MINUTE = Duration.ofMinutes(1);
        static final Duration HOUR = Duration.ofHours(1);
        static final Duration DAY = Duration.ofDays(1);
        static final Duration MONTH = Duration.ofDays(31);
        static final Duration DECADE = Duration.ofDays(3_653);
    }
}
