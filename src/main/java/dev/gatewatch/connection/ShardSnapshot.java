package dev.gatewatch.connection;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Everything known about one shard at one moment; immutable.
 *
 * @param shard the shard's index, from 0
 * @param phase where it stands
 * @param since when it entered that phase
 * @param attempts the number of the attempt under way or planned, from 1; 0 while connected
 * @param sessionStart when the current session's READY arrived; a resume keeps it, null before the first
 * @param lastConnection when READY or RESUMED last arrived
 * @param lastDisconnect how the last connection ended
 * @param latency the last heartbeat's round trip on this connection, null before its first
 * @param lastAck when that heartbeat was acknowledged
 * @param heartbeatInterval what the last HELLO asked for
 * @param guilds how many guilds it sees
 * @param users the sum of their member counts
 * @param next what is planned, null when nothing is waiting
 * @param lastError the last error, whatever became of it
 * @param errors the times of recent errors
 * @param stop why it was stopped and what a person can do, null unless {@link Phase#STOPPED}
 */
public record ShardSnapshot(
        int shard,
        Phase phase,
        Instant since,
        int attempts,
        @Nullable Instant sessionStart,
        @Nullable Instant lastConnection,
        @Nullable LastDisconnect lastDisconnect,
        @Nullable Duration latency,
        @Nullable Instant lastAck,
        @Nullable Duration heartbeatInterval,
        int guilds,
        long users,
        @Nullable Next next,
        @Nullable LastError lastError,
        RecentErrors errors,
        @Nullable Stop stop) {

    /** A shard of which nothing is known yet. */
    public static ShardSnapshot unknown(int shard, Instant at) {
        return new ShardSnapshot(
                shard,
                Phase.STARTING,
                at,
                0,
                null,
                null,
                null,
                null,
                null,
                null,
                0,
                0,
                null,
                null,
                RecentErrors.NONE,
                null);
    }

    /** How long the current session has been connected, zero while it is not. */
    public Duration uptime(Instant now) {
        if (phase != Phase.CONNECTED || sessionStart == null || now.isBefore(sessionStart)) {
            return Duration.ZERO;
        }
        return Duration.between(sessionStart, now);
    }

    /** A copy to change; only the reducer has a reason to. */
    Draft draft() {
        return new Draft(this);
    }

    /** How the last connection ended. */
    public record LastDisconnect(Instant at, Failure failure) {}

    /** The last error. */
    public record LastError(Instant at, String kind, String message) {}

    /** The plan that is waiting, and when it is due. */
    public record Next(Plan plan, Instant due) {}

    /** Why nothing more is tried, and what a person can do about it. */
    public record Stop(Failure failure, String remedy) {}
}
