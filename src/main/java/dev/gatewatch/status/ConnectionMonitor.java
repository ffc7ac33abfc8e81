package dev.gatewatch.status;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.connection.MonitorLooked;
import dev.gatewatch.connection.Phase;
import dev.gatewatch.connection.ShardSnapshot;
import dev.gatewatch.connection.Snapshot;
import dev.gatewatch.gateway.ConnectionEvents;
import dev.gatewatch.log.LogEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Looks at the connection on a schedule, as the seed's background task did: logs one line, and compares what the snapshot says
 * with when the socket last answered. Whoever wants to know that it looked observes {@link MonitorLooked}.
 */
@Singleton
public class ConnectionMonitor {

    private static final Logger log = Logger.getLogger(ConnectionMonitor.class);

    /** How many heartbeat intervals may pass without an ACK before "connected" is no longer believed. */
    private static final int MISSED_ACKS = 3;

    private final StatusBoard board;
    private final ConnectionEvents events;
    private final StatusConfig config;
    private final Consumer<MonitorLooked> listener;
    private final Runnable watch;
    private final Clock clock = Clock.systemUTC();
    private final Disposable.Composite running = Disposables.composite();

    @Inject
    ConnectionMonitor(
            StatusBoard board,
            ConnectionEvents events,
            StatusConfig config,
            Event<MonitorLooked> listeners,
            ProcessWatch watch) {
        this(board, events, config, listeners::fire, watch::lookAtTheClock);
    }

    ConnectionMonitor(
            StatusBoard board,
            ConnectionEvents events,
            StatusConfig config,
            Consumer<MonitorLooked> listener,
            Runnable watch) {
        this.board = board;
        this.events = events;
        this.config = config;
        this.listener = listener;
        this.watch = watch;
    }

    void start(@Observes StartupEvent event) {
        start(Schedulers.newSingle("gatewatch-monitor", true));
    }

    /** Looks again and again, by time that nobody can set. */
    void start(Scheduler scheduler) {
        running.add(scheduler);
        running.add(Flux.interval(config.monitorInterval(), scheduler)
                .onBackpressureDrop()
                .subscribe(tick -> look(), ConnectionMonitor::failed));
    }

    @PreDestroy
    void stop() {
        running.dispose();
    }

    /** A listener that fails must not end the monitor. */
    private void look() {
        try {
            watch.run(); // ages are right only once a clock that was set is told
            look(clock.instant());
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    void look(Instant now) {
        Snapshot snapshot = board.current();
        LogEvent.MONITOR.log(log, "%s", line(snapshot, config.recentErrorsWindow(), now));
        Set<Integer> doubted = new TreeSet<>();
        for (ShardSnapshot shard : snapshot.list()) {
            if (isDoubted(shard, now)) {
                doubted.add(shard.shard());
            }
        }
        listener.accept(new MonitorLooked(now, doubted));
    }

    /** The one line: {@code status=connected uptime=3600s latency=45.2ms guilds=5 users=1250 errors=0}. */
    static String line(Snapshot snapshot, Duration window, Instant now) {
        String latency = snapshot.latency()
                .map(value -> String.format(Locale.ROOT, "%.1fms", value.toNanos() / 1e6))
                .orElse("unknown");
        return "monitor status=" + snapshot.phase().name().toLowerCase(Locale.ROOT)
                + " uptime=" + snapshot.uptime(now).toSeconds() + "s"
                + " latency=" + latency
                + " guilds=" + snapshot.guilds()
                + " users=" + snapshot.users()
                + " attempts=" + snapshot.attempts()
                + " errors=" + snapshot.recentErrors(window, now);
    }

    private static void failed(Throwable error) {
        LogEvent.DEFECT.log(log, error, "The monitor failed. This is a defect of Gatewatch, please report it.");
    }

    private boolean isDoubted(ShardSnapshot shard, Instant now) {
        if (shard.phase() != Phase.CONNECTED || shard.heartbeatInterval() == null) {
            return false;
        }
        Instant sign =
                shard.lastAck() == null || shard.lastAck().isBefore(shard.since()) ? shard.since() : shard.lastAck();
        Duration age = Duration.between(sign, now);
        if (age.compareTo(shard.heartbeatInterval().multipliedBy(MISSED_ACKS)) <= 0) {
            return false;
        }
        String message = "Shard " + shard.shard() + " is said to be connected, but no heartbeat was acknowledged for "
                + age.toSeconds() + " s";
        events.publish(new ConnectionEvent.DisagreementFound(shard.shard(), now, message));
        return true;
    }
}
