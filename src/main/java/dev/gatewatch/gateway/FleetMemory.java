package dev.gatewatch.gateway;

import dev.gatewatch.gateway.SavedSessions.SavedSession;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;

/** What a fleet knows of its bot from the process or fleet before it, and leaves for the next: sessions and guilds, on disk. */
final class FleetMemory {

    private final FleetContext context;
    private final String applicationId;
    private final GuildsFile guilds;
    private final SessionsFile sessions;
    private final Optional<SavedSessions> before;

    /**
     * @param applicationId whose sessions and guilds
     * @param wantedCount how many shards the bot is to have; sessions of another number are of no use
     */
    FleetMemory(FleetContext context, String applicationId, OptionalInt wantedCount) {
        this.context = context;
        this.applicationId = applicationId;
        guilds = new GuildsFile(context.files(), applicationId, context.scheduler());
        sessions = new SessionsFile(context.files());
        before = sessions.before(saved -> saved.applicationId().equals(applicationId)
                && wantedCount.orElse(saved.shardCount()) == saved.shardCount());
    }

    /** The number of shards that the sessions were begun with, if one of them is young enough to be resumed. */
    OptionalInt shardCount() {
        return before.stream()
                .filter(saved -> saved.isAnyYoung(now(), context.config().sessionMaxAge()))
                .mapToInt(SavedSessions::shardCount)
                .filter(count -> count > 0)
                .findFirst();
    }

    /** A shard's session, if it is young enough to be resumed. */
    Optional<SavedSession> session(int shard) {
        return sessions.session(shard, now(), context.config().sessionMaxAge());
    }

    /** The guilds of a shard with their member counts. */
    Map<Long, Long> guilds(int shardCount, int shard) {
        return guilds.before(shardCount, shard);
    }

    /**
     * Writes what is new. Guilds first: a session on disk whose guilds are not would be resumed without them. Both are asked for at once
     * and written in this order, so that a fleet that takes the place of this one finds both, however slow the disk is.
     *
     * @param open the sessions that could be resumed before the guilds were counted
     * @param last whether nothing is written after it
     */
    Mono<Void> save(int shardCount, Map<Integer, SavedSession> open, Collection<GuildCensus> censuses, boolean last) {
        return Mono.when(
                guilds.save(shardCount, censuses, last),
                sessions.save(new SavedSessions(applicationId, shardCount, open)));
    }

    private Instant now() {
        return Instant.ofEpochMilli(context.scheduler().now(TimeUnit.MILLISECONDS));
    }
}
