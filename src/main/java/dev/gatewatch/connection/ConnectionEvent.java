package dev.gatewatch.connection;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A fact about one shard's connection: something that has happened, never a wish.
 *
 * <p>Readers handle events through a {@link Visitor}, so that a new kind of event does not compile until every reader
 * handles it.
 */
public sealed interface ConnectionEvent {

    /** The shard's index, from 0. */
    int shard();

    /** When it happened, by the wall clock. */
    Instant at();

    /** Hands this event to the method for its kind. */
    <R> R accept(Visitor<R> visitor);

    /** The supervisor was told to start. */
    record Started(int shard, Instant at) implements ConnectionEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.started(this);
        }
    }

    /** Attempt number {@code attempt}, from 1, began to connect. */
    record AttemptStarted(int shard, Instant at, int attempt, Recovery recovery, Endpoint endpoint)
            implements ConnectionEvent {

        /** The attempt's name in logs: the shard and, in base 36, when it began in Unix milliseconds; {@code 0-mwun79c0}. */
        public String id() {
            return shard + "-" + Long.toString(at.toEpochMilli(), Character.MAX_RADIX);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.attemptStarted(this);
        }
    }

    /** HELLO arrived; heartbeats are due every {@code heartbeatInterval}. */
    record HelloReceived(int shard, Instant at, Duration heartbeatInterval) implements ConnectionEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.helloReceived(this);
        }
    }

    /** An IDENTIFY was spent. */
    record Identified(int shard, Instant at) implements ConnectionEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.identified(this);
        }
    }

    /** READY arrived: a new session. */
    record Connected(int shard, Instant at, int attempt) implements ConnectionEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.connected(this);
        }
    }

    /** RESUMED arrived after {@code replayed} missed dispatches: the old session goes on. */
    record Resumed(int shard, Instant at, int attempt, int replayed) implements ConnectionEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.resumed(this);
        }
    }

    /** A connection that had reached READY or RESUMED is lost. */
    record Disconnected(int shard, Instant at, Failure failure) implements ConnectionEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.disconnected(this);
        }
    }

    /** An attempt ended before READY or RESUMED. */
    record AttemptFailed(int shard, Instant at, int attempt, Failure failure) implements ConnectionEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.attemptFailed(this);
        }
    }

    /** It was decided what to do next, as attempt number {@code attempt}. */
    record PlanMade(int shard, Instant at, int attempt, Plan plan) implements ConnectionEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.planMade(this);
        }
    }

    /** {@code attempts} consecutive attempts failed: the session is dropped and everything is built anew. */
    record Exhausted(int shard, Instant at, int attempts) implements ConnectionEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.exhausted(this);
        }
    }

    /** Nothing more will be tried; {@code remedy} says what a person can do about it. */
    record Stopped(int shard, Instant at, Failure failure, String remedy) implements ConnectionEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.stopped(this);
        }
    }

    /** This process no longer runs the shard: one with another bot or another number of shards took its place. */
    record Retired(int shard, Instant at) implements ConnectionEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.retired(this);
        }
    }

    /** An error worth counting, whatever became of the connection. */
    record ErrorOccurred(int shard, Instant at, String kind, String message) implements ConnectionEvent {

        public ErrorOccurred {
            message = ForeignText.clean(message);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.errorOccurred(this);
        }
    }

    /** A heartbeat was acknowledged {@code roundTrip} after it was sent. */
    record HeartbeatAcknowledged(int shard, Instant at, Duration roundTrip) implements ConnectionEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.heartbeatAcknowledged(this);
        }
    }

    /** The shard's guilds and the sum of their member counts, after a change. */
    record GuildsCounted(int shard, Instant at, int guilds, long users) implements ConnectionEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.guildsCounted(this);
        }
    }

    /** The account of IDENTIFYs changed: one was spent, or Discord told how many are left. */
    record BudgetCounted(int shard, Instant at, IdentifyBudget budget) implements ConnectionEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.budgetCounted(this);
        }
    }

    /** The scheduled monitor found the snapshot and the socket in disagreement. */
    record DisagreementFound(int shard, Instant at, String message) implements ConnectionEvent {

        public DisagreementFound {
            message = ForeignText.clean(message);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.disagreementFound(this);
        }
    }

    /** An operator acted, from a {@code client}'s address, for a {@code reason}; told before the action takes place. */
    record OperatorActed(int shard, Instant at, OperatorAction action, String client, String reason)
            implements ConnectionEvent {

        public OperatorActed {
            client = ForeignText.clean(client);
            reason = ForeignText.clean(reason);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.operatorActed(this);
        }
    }

    /**
     * The process did not run for this long before {@code at}: it was frozen, or its machine was suspended. The connection may have
     * outlived it.
     */
    record ProcessPaused(int shard, Instant at, Duration pause) implements ConnectionEvent {

        /** When it ran last. */
        public Instant from() {
            return at.minus(pause);
        }

        /** What happened, in words. */
        public String words() {
            return "This process did not run from " + from().truncatedTo(ChronoUnit.SECONDS) + " to "
                    + at.truncatedTo(ChronoUnit.SECONDS) + " (" + DurationWords.of(pause)
                    + "): it was frozen, or its machine was suspended or overloaded";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.processPaused(this);
        }
    }

    /** The wall clock was set, forward or, when {@code by} is negative, back; {@code at} is by the new time. */
    record ClockSet(int shard, Instant at, Duration by) implements ConnectionEvent {

        /** How long it takes at most until a clock that was set is noticed. */
        private static final Duration NOTICED_WITHIN = Duration.ofSeconds(2);

        /** A time that was noted by the old clock, by the new one; what was noted since the clock was set stays. */
        public Instant moved(Instant noted) {
            boolean isNew = !noted.isAfter(at) && noted.isAfter(at.minus(NOTICED_WITHIN));
            return isNew ? noted : noted.plus(by);
        }

        /** What happened, in words. */
        public String words() {
            return "The clock was set " + (by.isNegative() ? "back" : "forward") + " by " + DurationWords.of(by.abs())
                    + ", from " + at.minus(by).truncatedTo(ChronoUnit.SECONDS) + " to "
                    + at.truncatedTo(ChronoUnit.SECONDS);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.clockSet(this);
        }
    }

    /**
     * One method per kind of event.
     *
     * @param <R> what handling an event gives
     */
    interface Visitor<R> {
        R started(Started event);

        R attemptStarted(AttemptStarted event);

        R helloReceived(HelloReceived event);

        R identified(Identified event);

        R connected(Connected event);

        R resumed(Resumed event);

        R disconnected(Disconnected event);

        R attemptFailed(AttemptFailed event);

        R planMade(PlanMade event);

        R exhausted(Exhausted event);

        R stopped(Stopped event);

        R retired(Retired event);

        R errorOccurred(ErrorOccurred event);

        R heartbeatAcknowledged(HeartbeatAcknowledged event);

        R guildsCounted(GuildsCounted event);

        R budgetCounted(BudgetCounted event);

        R disagreementFound(DisagreementFound event);

        R operatorActed(OperatorActed event);

        R processPaused(ProcessPaused event);

        R clockSet(ClockSet event);
    }
}
