package dev.gatewatch.connection;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A {@link ShardSnapshot} being changed by the reducer; never leaves this package. */
final class Draft {

    private final int shard;
    private Phase phase;
    private Instant since;
    private RecentErrors errors;

    int attempts;

    @Nullable
    Instant sessionStart;

    @Nullable
    Instant lastConnection;

    ShardSnapshot.@Nullable LastDisconnect lastDisconnect;

    @Nullable
    Duration latency;

    @Nullable
    Instant lastAck;

    @Nullable
    Duration heartbeatInterval;

    int guilds;
    long users;
    ShardSnapshot.@Nullable Next next;
    ShardSnapshot.@Nullable LastError lastError;
    ShardSnapshot.@Nullable Stop stop;

    Draft(ShardSnapshot from) {
        shard = from.shard();
        phase = from.phase();
        since = from.since();
        attempts = from.attempts();
        sessionStart = from.sessionStart();
        lastConnection = from.lastConnection();
        lastDisconnect = from.lastDisconnect();
        latency = from.latency();
        lastAck = from.lastAck();
        heartbeatInterval = from.heartbeatInterval();
        guilds = from.guilds();
        users = from.users();
        next = from.next();
        lastError = from.lastError();
        errors = from.errors();
        stop = from.stop();
    }

    /** Enters a phase, unless it is in it already. */
    Draft enter(Phase entered, Instant at) {
        if (entered != phase) {
            phase = entered;
            since = at;
        }
        return this;
    }

    /** Counts an error. */
    Draft error(Instant at, String kind, String message) {
        lastError = new ShardSnapshot.LastError(at, kind, message);
        errors = errors.plus(at);
        return this;
    }

    /** Every time that was noted by the old clock, by the new one: what lasts on keeps its length. */
    Draft move(ConnectionEvent.ClockSet set) {
        since = set.moved(since);
        sessionStart = moved(set, sessionStart);
        lastConnection = moved(set, lastConnection);
        lastAck = moved(set, lastAck);
        if (lastDisconnect != null) {
            lastDisconnect = new ShardSnapshot.LastDisconnect(set.moved(lastDisconnect.at()), lastDisconnect.failure());
        }
        if (lastError != null) {
            lastError = new ShardSnapshot.LastError(set.moved(lastError.at()), lastError.kind(), lastError.message());
        }
        if (next != null) {
            next = new ShardSnapshot.Next(next.plan(), next.due().plus(set.by()));
        }
        errors = new RecentErrors(errors.times().stream().map(set::moved).toList());
        return this;
    }

    private static @Nullable Instant moved(ConnectionEvent.ClockSet set, @Nullable Instant noted) {
        return noted == null ? null : set.moved(noted);
    }

    ShardSnapshot snapshot() {
        return new ShardSnapshot(
                shard,
                phase,
                since,
                attempts,
                sessionStart,
                lastConnection,
                lastDisconnect,
                latency,
                lastAck,
                heartbeatInterval,
                guilds,
                users,
                next,
                lastError,
                errors,
                stop);
    }
}
