package dev.gatewatch.alert;

import dev.gatewatch.alert.ShardStanding.Standing;
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
import java.time.Instant;

/**
 * Folds facts into what alerts go by. Pure and total.
 *
 * @param before what was known before the fact
 * @param losses how many losses of each shard are remembered
 */
record StandingFold(AlertState before, int losses) implements ConnectionEvent.Visitor<AlertState> {

    /** What is known after a fact. */
    static AlertState fold(AlertState before, ConnectionEvent event, int losses) {
        return event.accept(new StandingFold(before, losses));
    }

    @Override
    public AlertState started(Started event) {
        ShardStanding shard = shard(event);
        return before.with(shard.standing() == Standing.UP ? shard : shard.down(event.at(), "not connected yet"));
    }

    @Override
    public AlertState operatorActed(OperatorActed event) {
        return before;
    }

    @Override
    public AlertState attemptStarted(AttemptStarted event) {
        return before;
    }

    @Override
    public AlertState helloReceived(HelloReceived event) {
        return before;
    }

    @Override
    public AlertState identified(Identified event) {
        return before;
    }

    @Override
    public AlertState connected(Connected event) {
        return before.with(shard(event).up(event.at()));
    }

    @Override
    public AlertState resumed(Resumed event) {
        return before.with(shard(event).up(event.at()));
    }

    @Override
    public AlertState disconnected(Disconnected event) {
        ShardStanding shard = shard(event);
        if (isEnding(shard)) {
            return before;
        }
        boolean counts = shard.standing() == Standing.UP && !isMeant(event.failure());
        ShardStanding counted = counts ? shard.lost(event.at(), losses) : shard;
        return before.with(counted.down(event.at(), event.failure().message()));
    }

    @Override
    public AlertState attemptFailed(AttemptFailed event) {
        ShardStanding shard = shard(event);
        return shard.standing() == Standing.DOWN
                ? before.with(shard.down(event.at(), event.failure().message()))
                : before;
    }

    @Override
    public AlertState planMade(PlanMade event) {
        return before;
    }

    @Override
    public AlertState exhausted(Exhausted event) {
        return before.with(shard(event).exhaust());
    }

    @Override
    public AlertState stopped(Stopped event) {
        ShardStanding shard = shard(event);
        Instant at = event.at();
        return before.with(
                switch (event.failure().kind()) {
                    case OPERATOR -> shard.away(Standing.MEANT, at);
                    case SHUTDOWN -> shard.away(Standing.ENDING, at);
                    default -> shard.stopped(at, event.failure().message(), event.remedy());
                });
    }

    @Override
    public AlertState retired(Retired event) {
        return before.without(event.shard());
    }

    @Override
    public AlertState errorOccurred(ErrorOccurred event) {
        return before;
    }

    @Override
    public AlertState heartbeatAcknowledged(HeartbeatAcknowledged event) {
        return before;
    }

    @Override
    public AlertState guildsCounted(GuildsCounted event) {
        return before;
    }

    @Override
    public AlertState budgetCounted(BudgetCounted event) {
        return before.with(event.budget());
    }

    @Override
    public AlertState disagreementFound(DisagreementFound event) {
        return before;
    }

    /** Whether the connection outlived it is told by what follows. */
    @Override
    public AlertState processPaused(ProcessPaused event) {
        return before;
    }

    @Override
    public AlertState clockSet(ClockSet event) {
        return before.moved(event);
    }

    private ShardStanding shard(ConnectionEvent event) {
        return before.shard(event.shard(), event.at());
    }

    private static boolean isEnding(ShardStanding shard) {
        return shard.standing() == Standing.ENDING || shard.standing() == Standing.MEANT;
    }

    private static boolean isMeant(Failure failure) {
        return failure.kind() == Failure.Kind.OPERATOR || failure.kind() == Failure.Kind.SHUTDOWN;
    }
}
