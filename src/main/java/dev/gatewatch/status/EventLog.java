package dev.gatewatch.status;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.connection.ConnectionEvent.AttemptFailed;
import dev.gatewatch.connection.ConnectionEvent.AttemptStarted;
import dev.gatewatch.connection.ConnectionEvent.BudgetCounted;
import dev.gatewatch.connection.ConnectionEvent.Connected;
import dev.gatewatch.connection.ConnectionEvent.DisagreementFound;
import dev.gatewatch.connection.ConnectionEvent.Disconnected;
import dev.gatewatch.connection.ConnectionEvent.ErrorOccurred;
import dev.gatewatch.connection.ConnectionEvent.Exhausted;
import dev.gatewatch.connection.ConnectionEvent.GuildsCounted;
import dev.gatewatch.connection.ConnectionEvent.HeartbeatAcknowledged;
import dev.gatewatch.connection.ConnectionEvent.HelloReceived;
import dev.gatewatch.connection.ConnectionEvent.Identified;
import dev.gatewatch.connection.ConnectionEvent.PlanMade;
import dev.gatewatch.connection.ConnectionEvent.Resumed;
import dev.gatewatch.connection.ConnectionEvent.Started;
import dev.gatewatch.connection.ConnectionEvent.Stopped;
import dev.gatewatch.gateway.ConnectionEvents;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The facts as log lines: one for each edge, for people.
 *
 * <p>They are written on a thread of their own: a console that does not take them holds up no reconnect. What repeats in an outage, the same failure again, is logged at DEBUG after its first time.
 */
@Startup
@Singleton
public class EventLog implements ConnectionEvent.Visitor<Void> {

    private static final Logger log = Logger.getLogger("dev.gatewatch.connection");

    /** How long the last lines may take at the end. */
    private static final Duration LAST_LINES = Duration.ofSeconds(1);

    private final Scheduler lines = Schedulers.newSingle("gatewatch-log");
    private final Sinks.Empty<Void> closed = Sinks.empty();
    private final CountDownLatch done = new CountDownLatch(1);
    private final Map<Integer, String> lastFailures = new HashMap<>();

    EventLog(ConnectionEvents events) {
        events.stream()
                .takeUntilOther(closed.asMono())
                .publishOn(lines)
                .subscribe(event -> event.accept(this), error -> done.countDown(), done::countDown);
    }

    @PreDestroy
    void close() throws InterruptedException {
        closed.tryEmitEmpty();
        done.await(LAST_LINES.toMillis(), TimeUnit.MILLISECONDS);
        lines.dispose();
    }

    @Override
    public Void started(Started event) {
        return line(Level.INFO, event, "started");
    }

    @Override
    public Void attemptStarted(AttemptStarted event) {
        return line(Level.DEBUG, event, "attempt " + event.attempt() + " to " + lower(event.recovery()) + " began");
    }

    @Override
    public Void helloReceived(HelloReceived event) {
        return line(
                Level.DEBUG,
                event,
                "HELLO, heartbeat every " + event.heartbeatInterval().toMillis() + " ms");
    }

    @Override
    public Void identified(Identified event) {
        return line(Level.INFO, event, "IDENTIFY sent");
    }

    @Override
    public Void connected(Connected event) {
        lastFailures.remove(event.shard());
        return line(Level.INFO, event, "connected with a new session (attempt " + event.attempt() + ")");
    }

    @Override
    public Void resumed(Resumed event) {
        lastFailures.remove(event.shard());
        return line(
                Level.INFO,
                event,
                "resumed, " + event.replayed() + " events replayed (attempt " + event.attempt() + ")");
    }

    @Override
    public Void disconnected(Disconnected event) {
        return line(
                event.failure().isError() ? Level.WARN : Level.INFO,
                event,
                "disconnected: " + event.failure().message());
    }

    @Override
    public Void attemptFailed(AttemptFailed event) {
        String message = event.failure().message();
        boolean repeated = message.equals(lastFailures.put(event.shard(), message));
        Level level = event.failure().isError() ? Level.WARN : Level.INFO;
        return line(repeated ? Level.DEBUG : level, event, "attempt " + event.attempt() + " failed: " + message);
    }

    @Override
    public Void planMade(PlanMade event) {
        boolean first = event.attempt() <= 2;
        return line(
                first ? Level.INFO : Level.DEBUG,
                event,
                "will " + lower(event.plan().recovery()) + " in "
                        + event.plan().delay().toMillis() + " ms (attempt " + event.attempt() + ")");
    }

    @Override
    public Void exhausted(Exhausted event) {
        return line(
                Level.ERROR,
                event,
                event.attempts() + " attempts in a row failed: the session is dropped, all is built anew");
    }

    @Override
    public Void stopped(Stopped event) {
        Level level = event.failure().isError() ? Level.ERROR : Level.INFO;
        return line(level, event, "stopped: " + event.failure().message() + ". " + event.remedy());
    }

    @Override
    public Void errorOccurred(ErrorOccurred event) {
        return line(Level.DEBUG, event, "error " + event.kind() + ": " + event.message());
    }

    @Override
    public Void heartbeatAcknowledged(HeartbeatAcknowledged event) {
        return line(
                Level.DEBUG,
                event,
                "heartbeat acknowledged after " + event.roundTrip().toMillis() + " ms");
    }

    @Override
    public Void guildsCounted(GuildsCounted event) {
        return line(Level.DEBUG, event, event.guilds() + " guilds with " + event.users() + " members");
    }

    @Override
    public Void budgetCounted(BudgetCounted event) {
        return line(
                Level.DEBUG,
                event,
                event.budget().remaining() + " of " + event.budget().total() + " IDENTIFYs left until "
                        + event.budget().resetAt());
    }

    @Override
    public Void disagreementFound(DisagreementFound event) {
        return line(Level.ERROR, event, event.message());
    }

    private static Void line(Level level, ConnectionEvent event, String text) {
        log.log(level, "shard " + event.shard() + " " + text);
        return null;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
