package dev.gatewatch.gateway;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;

/**
 * The member count of each guild, which a resume does not tell again, as it is written to {@code guilds.json}.
 *
 * <p>A file of its own: it is large where a bot is, and changes seldom, while {@code sessions.json} changes with every event.
 *
 * @param applicationId whose guilds they are
 * @param shardCount how many shards the bot had: it decides which shard a guild belongs to
 * @param shards the guilds of each by its index, with their member counts
 */
@RegisterForReflection // for Jackson in a native image
record SavedGuilds(String applicationId, int shardCount, Map<Integer, Map<Long, Long>> shards) {

    /** The guilds of a shard, unless they are those of another bot or of another number of shards. */
    Map<Long, Long> of(String wantedApplication, int wantedShardCount, int shard) {
        boolean same = applicationId.equals(wantedApplication) && shardCount == wantedShardCount;
        return same ? shards.getOrDefault(shard, Map.of()) : Map.of();
    }
}
