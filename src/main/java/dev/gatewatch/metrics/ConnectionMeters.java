package dev.gatewatch.metrics;

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
import dev.gatewatch.connection.Recovery;
import dev.gatewatch.gateway.ConnectionEvents;
import dev.gatewatch.gateway.ReaderFailures;
import dev.gatewatch.status.StatusBoard;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import reactor.core.Disposable;

/**
 * Counts the facts, shard by shard.
 *
 * <p>A recovery is measured from the loss of a connection to the READY or RESUMED that ended it; a stop in between ends the
 * measurement, since what follows is a person's doing.
 */
@Startup
@Singleton
public class ConnectionMeters implements ConnectionEvent.Visitor<Void> {

    private final MeterRegistry registry;
    private final SnapshotGauges gauges;
    private final Map<Integer, ShardMeters> shards = new HashMap<>();
    private final Map<Integer, Instant> losses = new HashMap<>();
    private final Disposable subscription;

    ConnectionMeters(MeterRegistry registry, StatusBoard board, ConnectionEvents events) {
        this.registry = registry;
        gauges = new SnapshotGauges(registry, board, Clock.systemUTC());
        FunctionCounter.builder("gatewatch.reader.failures", events.failures(), ReaderFailures::count)
                .description("How often a reader of facts failed on one and went on with the next; each is a defect")
                .register(registry);
        subscription = events.read("metrics", event -> event.accept(this));
    }

    @PreDestroy
    void close() {
        subscription.dispose();
    }

    @Override
    public Void started(Started event) {
        return known(event);
    }

    @Override
    public Void attemptStarted(AttemptStarted event) {
        meters(event).attempted(event.recovery());
        return null;
    }

    @Override
    public Void helloReceived(HelloReceived event) {
        return known(event);
    }

    @Override
    public Void identified(Identified event) {
        meters(event).identified();
        return null;
    }

    @Override
    public Void connected(Connected event) {
        return recovered(event, Recovery.IDENTIFY);
    }

    @Override
    public Void resumed(Resumed event) {
        meters(event).replayed(event.replayed());
        return recovered(event, Recovery.RESUME);
    }

    @Override
    public Void disconnected(Disconnected event) {
        meters(event).disconnected(event.failure());
        losses.put(event.shard(), event.at());
        return null;
    }

    @Override
    public Void attemptFailed(AttemptFailed event) {
        meters(event).failed(event.failure());
        return null;
    }

    @Override
    public Void planMade(PlanMade event) {
        return known(event);
    }

    @Override
    public Void exhausted(Exhausted event) {
        meters(event).exhausted();
        return null;
    }

    @Override
    public Void stopped(Stopped event) {
        losses.remove(event.shard());
        return known(event);
    }

    @Override
    public Void retired(Retired event) {
        losses.remove(event.shard());
        return null;
    }

    @Override
    public Void errorOccurred(ErrorOccurred event) {
        return null;
    }

    @Override
    public Void heartbeatAcknowledged(HeartbeatAcknowledged event) {
        meters(event).acknowledged(event.roundTrip());
        gauges.acknowledged(event.shard());
        return null;
    }

    @Override
    public Void guildsCounted(GuildsCounted event) {
        gauges.counted(event.shard());
        return null;
    }

    @Override
    public Void budgetCounted(BudgetCounted event) {
        gauges.budget();
        return null;
    }

    @Override
    public Void disagreementFound(DisagreementFound event) {
        return null;
    }

    @Override
    public Void operatorActed(OperatorActed event) {
        return null;
    }

    @Override
    public Void processPaused(ProcessPaused event) {
        meters(event).paused(event.pause());
        return null;
    }

    @Override
    public Void clockSet(ClockSet event) {
        losses.computeIfPresent(event.shard(), (shard, lost) -> event.moved(lost));
        return known(event);
    }

    private Void recovered(ConnectionEvent event, Recovery recovery) {
        Instant lost = losses.remove(event.shard());
        if (lost != null) {
            Duration took = Duration.between(lost, event.at());
            meters(event).recovered(recovery, took.isNegative() ? Duration.ZERO : took);
        }
        return null;
    }

    private ShardMeters meters(ConnectionEvent event) {
        gauges.shard(event.shard());
        return shards.computeIfAbsent(event.shard(), shard -> new ShardMeters(shard, registry));
    }

    /** The shard's meters are there from now on; the fact itself is not counted. */
    private Void known(ConnectionEvent event) {
        meters(event);
        return null;
    }
}
