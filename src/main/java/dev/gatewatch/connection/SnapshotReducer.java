package dev.gatewatch.connection;

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
import java.time.Instant;

/**
 * Folds events into the {@link Snapshot}. Pure and total: every event in every phase gives a snapshot.
 *
 * <p>A shard enters with {@link Started} and leaves with {@link Retired}: a fact about any other shard changes none.
 * {@link Phase#STOPPED} is left only by {@link Started}.
 */
public final class SnapshotReducer {

    private SnapshotReducer() {}

    /** The snapshot after {@code event}. */
    public static Snapshot reduce(Snapshot snapshot, ConnectionEvent event) {
        Snapshot folded = foldShard(snapshot, event);
        return event instanceof BudgetCounted counted ? folded.with(counted.budget()) : folded;
    }

    private static Snapshot foldShard(Snapshot snapshot, ConnectionEvent event) {
        ShardSnapshot known = snapshot.shards().get(event.shard());
        if (event instanceof Retired) {
            return snapshot.without(event.shard());
        }
        if (known == null && !(event instanceof Started)) {
            return snapshot;
        }
        ShardSnapshot before = known == null ? ShardSnapshot.unknown(event.shard(), event.at()) : known;
        return snapshot.with(event.accept(new Fold(before)).snapshot());
    }

    private static final class Fold implements ConnectionEvent.Visitor<Draft> {

        private final Draft draft;
        private final boolean stopped;

        Fold(ShardSnapshot before) {
            draft = before.draft();
            stopped = before.phase() == Phase.STOPPED;
        }

        @Override
        public Draft started(Started event) {
            draft.stop = null;
            draft.attempts = 0;
            draft.next = null;
            return draft.enter(Phase.STARTING, event.at());
        }

        @Override
        public Draft attemptStarted(AttemptStarted event) {
            if (stopped) {
                return draft;
            }
            draft.attempts = event.attempt();
            draft.next = null;
            return draft.enter(trying(event.recovery(), event.attempt()), event.at());
        }

        @Override
        public Draft helloReceived(HelloReceived event) {
            draft.heartbeatInterval = event.heartbeatInterval();
            return draft;
        }

        @Override
        public Draft identified(Identified event) {
            return draft;
        }

        @Override
        public Draft connected(Connected event) {
            draft.sessionStart = event.at();
            return arrived(event.at());
        }

        @Override
        public Draft resumed(Resumed event) {
            if (draft.sessionStart == null) {
                draft.sessionStart = event.at();
            }
            return arrived(event.at());
        }

        @Override
        public Draft disconnected(Disconnected event) {
            draft.lastDisconnect = new ShardSnapshot.LastDisconnect(event.at(), event.failure());
            return lost(event.at());
        }

        @Override
        public Draft attemptFailed(AttemptFailed event) {
            draft.latency = null;
            return draft;
        }

        @Override
        public Draft planMade(PlanMade event) {
            if (stopped || event.plan().recovery() == Recovery.STOP) {
                return draft;
            }
            draft.attempts = event.attempt();
            draft.next = new ShardSnapshot.Next(
                    event.plan(), event.at().plus(event.plan().delay()));
            Phase waiting = event.plan().recovery() == Recovery.RESUME ? Phase.RESUMING : Phase.RECONNECTING;
            return draft.enter(waiting, event.at());
        }

        @Override
        public Draft exhausted(Exhausted event) {
            return draft.error(event.at(), "EXHAUSTED", event.attempts() + " attempts in a row failed");
        }

        @Override
        public Draft stopped(Stopped event) {
            draft.stop = new ShardSnapshot.Stop(event.failure(), event.remedy());
            draft.next = null;
            draft.latency = null;
            return draft.enter(Phase.STOPPED, event.at());
        }

        @Override
        public Draft retired(Retired event) {
            return draft; // The whole shard leaves: see foldShard.
        }

        @Override
        public Draft errorOccurred(ErrorOccurred event) {
            return draft.error(event.at(), event.kind(), event.message());
        }

        @Override
        public Draft heartbeatAcknowledged(HeartbeatAcknowledged event) {
            draft.latency = event.roundTrip();
            draft.lastAck = event.at();
            return draft;
        }

        @Override
        public Draft guildsCounted(GuildsCounted event) {
            draft.guilds = event.guilds();
            draft.users = event.users();
            return draft;
        }

        @Override
        public Draft budgetCounted(BudgetCounted event) {
            return draft; // The budget is the bot's, not the shard's: see reduce.
        }

        @Override
        public Draft disagreementFound(DisagreementFound event) {
            return draft.error(event.at(), "DISAGREEMENT", event.message());
        }

        @Override
        public Draft operatorActed(OperatorActed event) {
            return draft; // What comes of it is told by the facts that follow.
        }

        @Override
        public Draft processPaused(ProcessPaused event) {
            return draft.error(event.at(), "PROCESS_DOWN", event.words());
        }

        @Override
        public Draft clockSet(ClockSet event) {
            return draft.move(event);
        }

        private Phase trying(Recovery recovery, int attempt) {
            if (recovery == Recovery.RESUME) {
                return Phase.RESUMING;
            }
            return draft.lastConnection == null && attempt == 1 ? Phase.CONNECTING : Phase.RECONNECTING;
        }

        private Draft arrived(Instant at) {
            if (stopped) {
                return draft;
            }
            draft.lastConnection = at;
            draft.attempts = 0;
            draft.next = null;
            return draft.enter(Phase.CONNECTED, at);
        }

        private Draft lost(Instant at) {
            draft.latency = null;
            return stopped ? draft : draft.enter(Phase.DISCONNECTED, at);
        }
    }
}
