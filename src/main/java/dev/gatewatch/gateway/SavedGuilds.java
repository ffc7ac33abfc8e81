package dev.gatewatch.gateway;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import java.util.Optional;

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
@JsonIgnoreProperties(ignoreUnknown = true)
record SavedGuilds(String applicationId, int shardCount, Map<Integer, Map<Long, Long>> shards) {

    /** Any field may be missing from a file that another version wrote or a person edited. */
    SavedGuilds {
        applicationId = Optional.ofNullable(applicationId).orElse("");
        shards = Optional.ofNullable(shards).orElseGet(Map::of);
    }

    /** The guilds of a shard, unless they are those of another bot or of another number of shards. */
    Map<Long, Long> of(String wantedApplication, int wantedShardCount, int shard) {
        boolean same = applicationId.equals(wantedApplication) && shardCount == wantedShardCount;
        return same ? shards.getOrDefault(shard, Map.of()) : Map.of();
    }
}
