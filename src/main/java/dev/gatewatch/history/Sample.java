package dev.gatewatch.history;

import dev.gatewatch.connection.Phase;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of one shard over one step of time.
 *
 * @param instance whose shard
 * @param shard the shard's index, or {@link #TOGETHER}
 * @param step how much time it covers
 * @param at when that time begins
 * @param phase the worst phase in it
 * @param up how much of it the shard was connected
 * @param span how much of it was watched
 * @param latency the mean heartbeat round trip, null when there was none
 * @param latencyMax the longest one
 * @param beats how many heartbeats were acknowledged
 * @param guilds the guilds at its end; in coarser steps the most
 * @param users the sum of their members at its end; in coarser steps the most
 */
@RegisterForReflection
public record Sample(
        String instance,
        int shard,
        Step step,
        Instant at,
        Phase phase,
        Duration up,
        Duration span,
        @Nullable Duration latency,
        @Nullable Duration latencyMax,
        int beats,
        int guilds,
        long users)
        implements HistoryEntry {

    /** No shard's index: all shards as one. */
    static final int TOGETHER = -1;

    /** The shard's index; null when these are all shards as one. */
    public @Nullable Integer shardOrAll() {
        return shard == TOGETHER ? null : (Integer) shard;
    }
}
