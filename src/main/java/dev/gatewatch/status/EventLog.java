package dev.gatewatch.status;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.connection.ConnectionEvent.AttemptFailed;
import dev.gatewatch.connection.ConnectionEvent.AttemptStarted;
import dev.gatewatch.connection.ConnectionEvent.BudgetCounted;
import dev.gatewatch.connection.ConnectionEvent.ClockSet;
import dev.gatewatch.connection.ConnectionEvent.Connected;
import dev.gatewatch.connection.ConnectionEvent.DisagreementFound;
import dev.gatewatch.connection.ConnectionEvent.Disconnected;
import dev.gatewatch.connection.ConnectionEvent.ErrorOccurred;
import dev.gatewatch.connection.ConnectionEvent.Exhausted;
import dev.gatewatch.connection.ConnectionEvent.GuildsCounted;
import dev.gatewatch.connection.ConnectionEvent.HeartbeatAcknowledged;
import dev.gatewatch.connection.ConnectionEvent.HelloReceived;
import dev.gatewatch.connection.ConnectionEvent.Identified;
import dev.gatewatch.connection.ConnectionEvent.OperatorActed;
import dev.gatewatch.connection.ConnectionEvent.PlanMade;
import dev.gatewatch.connection.ConnectionEvent.ProcessPaused;
import dev.gatewatch.connection.ConnectionEvent.Resumed;
import dev.gatewatch.connection.ConnectionEvent.Retired;
import dev.gatewatch.connection.ConnectionEvent.Started;
import dev.gatewatch.connection.ConnectionEvent.Stopped;
import dev.gatewatch.connection.Failure;
import dev.gatewatch.gateway.ConnectionEvents;
import dev.gatewatch.log.LogEvent;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The facts as log lines: one for each edge, for people, and with an event name and fields for programs.
 *
 * <p>What repeats in an outage, the same failure again, is logged at DEBUG after its first time; how often it was is told when the
 * outage is over. Every line about an attempt carries the attempt's id, until the next one begins. They are
 * written on a thread of their own: a console that does not take them holds up no reconnect.
 */
@Startup
@Singleton
public class EventLog implements ConnectionEvent.Visitor<Void> {

    private static final Logger log = Logger.getLogger("dev.gatewatch.connection");

    /** How long the last lines may take at the end. */
    private static final Duration LAST_LINES = Duration.ofSeconds(1);

    private final Scheduler writer = Schedulers.newSingle("gatewatch-log");
    private final Map<Integer, ShardLines> shards = new HashMap<>();
    private final Disposable subscription;

    EventLog(ConnectionEvents events) {
        Consumer<ConnectionEvent> write = events.failures().guard("log", event -> event.accept(this));
        subscription = events.read("log", event -> writer.schedule(() -> write.accept(event)));
    }

    @PreDestroy
    void close() throws InterruptedException {
        if (writer.isDisposed()) {
            return;
        }
        subscription.dispose();
        CountDownLatch done = new CountDownLatch(1);
        writer.schedule(done::countDown); // behind the lines that wait
        done.await(LAST_LINES.toMillis(), TimeUnit.MILLISECONDS);
        writer.dispose();
    }

    @Override
    public Void started(Started event) {
        lines(event).forgetAttempt();
        return line(LogEvent.SHARD_STARTED, event, "started");
    }

    @Override
    public Void attemptStarted(AttemptStarted event) {
        lines(event).begin(event);
        return line(
                LogEvent.ATTEMPT_STARTED,
                event,
                "attempt " + event.attempt() + " to " + lower(event.recovery()) + " began");
    }

    @Override
    public Void helloReceived(HelloReceived event) {
        return line(
                LogEvent.HELLO_RECEIVED,
                event,
                "HELLO, heartbeat every " + event.heartbeatInterval().toMillis() + " ms");
    }

    @Override
    public Void identified(Identified event) {
        return line(LogEvent.IDENTIFY_SENT, event, "IDENTIFY sent");
    }

    @Override
    public Void connected(Connected event) {
        fold(lines(event).outage(), event);
        return line(LogEvent.CONNECTED, event, "connected with a new session (attempt " + event.attempt() + ")");
    }

    @Override
    public Void resumed(Resumed event) {
        fold(lines(event).outage(), event);
        return line(
                LogEvent.RESUMED,
                event,
                "resumed, " + event.replayed() + " events replayed (attempt " + event.attempt() + ")");
    }

    @Override
    public Void disconnected(Disconnected event) {
        lines(event).lost();
        fold(lines(event).oddities(), event);
        return line(LogEvent.DISCONNECTED, event, event.failure(), "disconnected: ");
    }

    @Override
    public Void attemptFailed(AttemptFailed event) {
        Failure failure = event.failure();
        boolean repeat = lines(event).failed(failure, event.at());
        Level level = repeat ? Level.DEBUG : severity(LogEvent.ATTEMPT_FAILED, failure);
        return line(
                LogEvent.ATTEMPT_FAILED,
                level,
                event,
                of(failure),
                "attempt " + event.attempt() + " failed: " + failure.message());
    }

    @Override
    public Void planMade(PlanMade event) {
        boolean repeat = lines(event).planned(event.plan().recovery(), event.at());
        String text = "will " + lower(event.plan().recovery()) + " in "
                + event.plan().delay().toMillis() + " ms (attempt " + event.attempt() + "): "
                + event.plan().reason();
        return line(LogEvent.RECOVERY_PLANNED, repeat ? Level.DEBUG : Level.INFO, event, Map.of(), text);
    }

    @Override
    public Void exhausted(Exhausted event) {
        boolean repeat = lines(event).outage().isRepeat("exhausted", event.at());
        return line(
                LogEvent.ATTEMPTS_EXHAUSTED,
                repeat ? Level.DEBUG : Level.ERROR,
                event,
                Map.of(),
                event.attempts() + " attempts in a row failed: the session is dropped, all is built anew");
    }

    @Override
    public Void stopped(Stopped event) {
        fold(lines(event).outage(), event);
        Failure failure = event.failure();
        return line(
                LogEvent.SHARD_STOPPED,
                severity(LogEvent.SHARD_STOPPED, failure),
                event,
                of(failure),
                "stopped: " + failure.message() + ". " + event.remedy());
    }

    @Override
    public Void retired(Retired event) {
        line(LogEvent.SHARD_RETIRED, event, "is no longer run by this process");
        shards.remove(event.shard());
        return null;
    }

    @Override
    public Void errorOccurred(ErrorOccurred event) {
        LogEvent name = errors(event.kind());
        boolean repeat =
                name != LogEvent.ERROR_COUNTED && lines(event).oddities().isRepeat(event.message(), event.at());
        return line(
                name,
                repeat ? Level.DEBUG : name.level(),
                event,
                Map.of("cause", event.kind().toLowerCase(Locale.ROOT)),
                "error: " + event.message());
    }

    @Override
    public Void heartbeatAcknowledged(HeartbeatAcknowledged event) {
        return line(
                LogEvent.HEARTBEAT,
                event,
                "heartbeat acknowledged after " + event.roundTrip().toMillis() + " ms");
    }

    @Override
    public Void guildsCounted(GuildsCounted event) {
        return line(LogEvent.GUILDS_COUNTED, event, event.guilds() + " guilds with " + event.users() + " members");
    }

    @Override
    public Void budgetCounted(BudgetCounted event) {
        return line(
                LogEvent.IDENTIFY_BUDGET,
                event,
                event.budget().remaining() + " of " + event.budget().total() + " IDENTIFYs left until "
                        + event.budget().resetAt());
    }

    @Override
    public Void disagreementFound(DisagreementFound event) {
        boolean repeat = lines(event).oddities().isRepeat("disagreement", event.at());
        return line(LogEvent.SOCKET_DISAGREES, repeat ? Level.DEBUG : Level.ERROR, event, Map.of(), event.message());
    }

    @Override
    public Void operatorActed(OperatorActed event) {
        return line(
                LogEvent.OPERATOR_ACTED,
                event,
                "operator at " + event.client() + ": " + lower(event.action()) + ", because: " + event.reason());
    }

    /** Logged once for all shards by {@link ProcessWatch}. */
    @Override
    public Void processPaused(ProcessPaused event) {
        return null;
    }

    /** Logged once for all shards by {@link ProcessWatch}. */
    @Override
    public Void clockSet(ClockSet event) {
        lines(event).move(event);
        return null;
    }

    private ShardLines lines(ConnectionEvent event) {
        return shards.computeIfAbsent(event.shard(), shard -> new ShardLines());
    }

    private void fold(RepeatedLines run, ConnectionEvent event) {
        run.end(event.at()).ifPresent(words -> line(LogEvent.REPEATS_FOLDED, event, words));
    }

    private Void line(LogEvent name, ConnectionEvent event, Failure failure, String words) {
        return line(name, severity(name, failure), event, of(failure), words + failure.message());
    }

    private Void line(LogEvent name, ConnectionEvent event, String text) {
        return line(name, name.level(), event, Map.of(), text);
    }

    private Void line(LogEvent name, Level level, ConnectionEvent event, Map<String, String> more, String text) {
        if (log.isEnabled(level)) {
            Map<String, String> fields = new HashMap<>(lines(event).fields());
            fields.put("shard", Integer.toString(event.shard()));
            fields.putAll(more);
            name.log(log, level, fields, "shard " + event.shard() + " " + text);
        }
        return null;
    }

    private static Level severity(LogEvent name, Failure failure) {
        return failure.isError() ? name.level() : Level.INFO;
    }

    private static Map<String, String> of(Failure failure) {
        String cause = lower(failure.kind());
        return failure.code() == null
                ? Map.of("cause", cause)
                : Map.of("cause", cause, "code", failure.code().toString());
    }

    private static LogEvent errors(String kind) {
        return switch (kind) {
            case "SKIPPED_PAYLOAD" -> LogEvent.PAYLOAD_SKIPPED;
            case "INTERNAL" -> LogEvent.DEFECT;
            default -> LogEvent.ERROR_COUNTED;
        };
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
