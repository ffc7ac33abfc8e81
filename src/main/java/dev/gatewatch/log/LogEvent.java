package dev.gatewatch.log;

import java.util.Locale;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is logged at INFO or above, and what of the connection is logged at DEBUG: one row each, with the level of the
 * worst case. The README's table says the same; a test holds the two together.
 *
 * <p>The name and the fields travel in the MDC, which the JSON form shows under {@code mdc}: {@code event}, and for what concerns a
 * connection {@code shard}, {@code attempt_id}, {@code attempt}, {@code cause} and {@code code}.
 */
public enum LogEvent {
    // spotless:off
    SHARD_STARTED        (Level.INFO,  "Supervision of a shard began."),
    ATTEMPT_STARTED      (Level.DEBUG, "An attempt to connect began."),
    HELLO_RECEIVED       (Level.DEBUG, "HELLO arrived."),
    IDENTIFY_SENT        (Level.INFO,  "An IDENTIFY was spent."),
    CONNECTED            (Level.INFO,  "READY arrived: a new session."),
    RESUMED              (Level.INFO,  "RESUMED arrived: the old session goes on."),
    DISCONNECTED         (Level.WARN,  "A connection was lost; INFO when it ended orderly."),
    ATTEMPT_FAILED       (Level.WARN,  "An attempt ended before READY or RESUMED, for the first time in this outage for this cause; repeats are at DEBUG."),
    RECOVERY_PLANNED     (Level.INFO,  "What is done next, and when; after a repeated failure at DEBUG."),
    REPEATS_FOLDED       (Level.INFO,  "A run of repeats is over: how many lines it would have been, and since when."),
    ATTEMPTS_EXHAUSTED   (Level.ERROR, "`DISCORD_MAX_RECONNECT_ATTEMPTS` attempts in a row failed; again in the same outage at DEBUG."),
    SHARD_STOPPED        (Level.ERROR, "Nothing more is tried, and what a person can do; INFO when it was asked for."),
    SHARD_RETIRED        (Level.INFO,  "This process no longer runs a shard: another bot or number of shards took its place."),
    PAYLOAD_SKIPPED      (Level.WARN,  "A payload could not be understood and was left out; repeats are at DEBUG."),
    DEFECT               (Level.ERROR, "A defect of Gatewatch: please report it."),
    READER_FAILED        (Level.ERROR, "A reader of facts failed and goes on with the next: please report it; some repeats are at DEBUG."),
    ERROR_COUNTED        (Level.DEBUG, "An error that `recent_errors` counts; its cause has a line of its own."),
    HEARTBEAT            (Level.DEBUG, "A heartbeat was acknowledged."),
    GUILDS_COUNTED       (Level.DEBUG, "Guilds or members changed."),
    IDENTIFY_BUDGET      (Level.DEBUG, "The account of IDENTIFYs changed."),
    SOCKET_DISAGREES     (Level.ERROR, "The monitor found a shard said to be connected whose heartbeats are not acknowledged; repeats are at DEBUG."),
    OPERATOR_ACTED       (Level.INFO,  "An operator acted over HTTP: from which address, what, and why."),
    PROCESS_PAUSED       (Level.WARN,  "The process did not run for a while: it was frozen, or its machine was suspended."),
    CLOCK_SET            (Level.WARN,  "The machine's clock was set: times in the history before that may be wrong."),
    MONITOR              (Level.INFO,  "The monitor's one line, every `GATEWATCH_MONITOR_INTERVAL`."),
    TOKEN_RELOADED       (Level.INFO,  "`DISCORD_TOKEN_FILE` holds another token: starting again."),
    PROXY_USED           (Level.INFO,  "Discord, alerts and the status page are reached through a proxy."),
    PROXY_UNUSABLE       (Level.WARN,  "The proxy's settings cannot be used; connections are made directly."),
    TOKEN_FILE_UNUSABLE  (Level.WARN,  "The token was refused, and `DISCORD_TOKEN_FILE` has changed but holds none that can be used."),
    SHARD_COUNT_CHANGED  (Level.WARN,  "Discord wants another number of shards than the one in use: starting again with it."),
    STATE_FILE_FAILED    (Level.WARN,  "A file in `GATEWATCH_DATA_DIR` could not be read or written."),
    DATA_DIR_IN_USE      (Level.WARN,  "Another process uses `GATEWATCH_DATA_DIR`: this one waits for it to end."),
    DATA_DIR_FREE        (Level.INFO,  "The process before has ended; this one goes on."),
    DATA_DIR_OPEN        (Level.WARN,  "Every user of the machine can look into `GATEWATCH_DATA_DIR`."),
    DATA_DIR_UNLOCKED    (Level.WARN,  "`GATEWATCH_DATA_DIR` cannot be locked: a second process there would not be noticed."),
    LOGIN_FAILED         (Level.ERROR, "Discord4J could not be set up above the connection."),
    HISTORY_STARTED      (Level.INFO,  "Where the history is kept, or that none is."),
    HISTORY_DOWN         (Level.ERROR, "The database does not take entries; they wait in memory and in the journal."),
    HISTORY_UP           (Level.INFO,  "The database works again."),
    HISTORY_CORRUPT      (Level.ERROR, "The database file was corrupt and is set aside."),
    HISTORY_REFUSED      (Level.ERROR, "The database will never take an entry, which is put aside in `history.refused`."),
    HISTORY_LOST         (Level.ERROR, "Entries are lost: neither database nor journal takes them."),
    JOURNAL_FAILED       (Level.ERROR, "The journal cannot be written; entries wait in memory only."),
    JOURNAL_DAMAGED      (Level.ERROR, "A line of the journal is damaged and left out."),
    HISTORY_PRUNED       (Level.INFO,  "Retention deleted rows."),
    RETENTION_WAITS      (Level.WARN,  "Retention deletes nothing: the clock jumped ahead of the history. It goes on after a day by the new clock."),
    ALERTS_STARTED       (Level.INFO,  "Where alerts go, or that none are sent."),
    ALERT_TOLD           (Level.INFO,  "An alert was opened, repeated or resolved."),
    ALERT_TARGET_DOWN    (Level.WARN,  "Alerts do not reach a target; they wait, and are tried again."),
    ALERT_TARGET_UP      (Level.INFO,  "Alerts reach it again."),
    ALERT_TARGET_GONE    (Level.ERROR, "A target is not there any more, or lets us in no more: tried every 15 min, or, on Discord, given up until a person mends it."),
    ALERT_REFUSED        (Level.ERROR, "A target does not want an alert, which is given up."),
    ALERT_EXPIRED        (Level.ERROR, "An alert was not delivered within `GATEWATCH_ALERT_GIVE_UP_AFTER` and is thrown away."),
    ALERTS_ORPHANED      (Level.WARN,  "Alerts of an earlier run waited for targets that are set no more."),
    OUTBOX_DOWN          (Level.WARN,  "The outbox of the alerts cannot be written; alerts go out all the same."),
    OUTBOX_UP            (Level.INFO,  "The outbox is in the database again."),
    OUTBOX_DAMAGED       (Level.ERROR, "An alert in the outbox cannot be read and is left out."),
    DEADMAN_DOWN         (Level.WARN,  "The dead man's switch cannot be pinged."),
    DEADMAN_UP           (Level.INFO,  "The dead man's switch works again."),
    COMMANDS_REGISTERED  (Level.INFO,  "Slash commands are as Discord knows them."),
    COMMANDS_UNREGISTERED(Level.ERROR, "Slash commands could not be registered; WARN when it is tried again."),
    COMMAND_FAILED       (Level.ERROR, "A slash command failed; WARN when it was late, or what it needs is away."),
    INTERACTION_UNANSWERED(Level.ERROR, "An interaction could not be served."),
    HANDLER_LEFT_OUT     (Level.ERROR, "A bean cannot be a command or a listener and is left out."),
    LISTENER_FAILED      (Level.WARN,  "A listener failed, was late or had no room."),
    LISTENERS_SILENT     (Level.ERROR, "Listeners are not connected to Discord's events."),
    TOKEN_REFUSED        (Level.WARN,  "A request carried a wrong admin or read token; more from the same address within a minute are not logged."),
    MANAGEMENT_PORT      (Level.INFO,  "Everything under `/q` is on a port of its own."),
    PROXIES_UNNAMED      (Level.WARN,  "Addresses in `X-Forwarded-For` are believed from anybody, since no proxy is named."),
    MEMORY_UNGUARDED     (Level.WARN,  "The JVM was started without `-XX:+ExitOnOutOfMemoryError`: it may live on without answering."),
    REQUEST_FAILED       (Level.ERROR, "A request to Gatewatch's own API failed by a defect."),
    SETTING_UNKNOWN      (Level.WARN,  "A variable that looks like a setting is none."),
    DEMO_STARTED         (Level.INFO,  "Where the demo's service and simulator are."),
    DEMO_PORT_TAKEN      (Level.INFO,  "The simulator's usual port is in use: it takes a free one.");
    // spotless:on

    private static final String EVENT = "event";

    private final Level level;
    private final String meaning;

    LogEvent(Level level, String meaning) {
        this.level = level;
        this.meaning = meaning;
    }

    /** The name in the log, which does not change. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The level of the worst case. */
    public Level level() {
        return level;
    }

    /** When it is logged, in words. */
    public String meaning() {
        return meaning;
    }

    /** Logs a message at this event's level; {@code arguments} are for {@link String#format}. */
    @SuppressWarnings("AnnotateFormatMethod") // its annotations are not on the path
    public void log(Logger log, String format, @Nullable Object... arguments) {
        log(log, level, Map.of(), String.format(Locale.ROOT, format, arguments));
    }

    /** The same at another level than this event's. */
    @SuppressWarnings("AnnotateFormatMethod") // its annotations are not on the path
    public void log(Logger log, Level at, String format, @Nullable Object... arguments) {
        log(log, at, Map.of(), String.format(Locale.ROOT, format, arguments));
    }

    /** The same with the stack trace of its cause. */
    public void log(Logger log, Throwable cause, String message) {
        MDC.put(EVENT, id());
        try {
            log.log(level, message, cause);
        } finally {
            MDC.remove(EVENT);
        }
    }

    /** Logs a message as it is, at another level than this event's, with fields. */
    public void log(Logger log, Level at, Map<String, String> fields, String message) {
        if (!log.isEnabled(at)) {
            return;
        }
        MDC.put(EVENT, id());
        fields.forEach(MDC::put);
        try {
            log.log(at, message);
        } finally {
            MDC.remove(EVENT);
            fields.keySet().forEach(MDC::remove);
        }
    }
}
