package dev.gatewatch.gateway;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Keeps {@code guilds.json} up to date: soon when guilds come or go, and once in a while when only their members do.
 *
 * <p>Written is what is on disk: a write that is under way when the last one is asked for does not stand for it.
 */
final class GuildsFile {

    /** A process that is killed forgets at most so much of members' coming and going; the next READY corrects it. */
    static final Duration MEMBERS_EVERY = Duration.ofMinutes(1);

    private final StateFiles files;
    private final String applicationId;
    private final Scheduler clock;
    private volatile @Nullable SavedGuilds before;
    private volatile long comings;
    private volatile long changes;
    private volatile long writtenAt;

    GuildsFile(StateFiles files, String applicationId, Scheduler clock) {
        this.files = files;
        this.applicationId = applicationId;
        this.clock = clock;
        before = files.guilds().orElse(null);
    }

    /** What the process before had counted for a shard. */
    Map<Long, Long> before(int shardCount, int shard) {
        SavedGuilds read = before;
        return read == null ? Map.of() : read.of(applicationId, shardCount, shard);
    }

    /** Writes what has changed, if it is time; {@code last} says that there will be no other. */
    Mono<Void> save(int shardCount, Collection<GuildCensus> censuses, boolean last) {
        long comingsNow = censuses.stream().mapToLong(GuildCensus::comings).sum();
        long changesNow = censuses.stream().mapToLong(GuildCensus::changes).sum();
        long now = clock.now(TimeUnit.NANOSECONDS);
        boolean due = last || now - writtenAt >= MEMBERS_EVERY.toNanos();
        if (comingsNow == comings && (changesNow == changes || !due)) {
            return Mono.empty();
        }
        before = null; // restored by now, or of no use
        Map<Integer, Map<Long, Long>> shards = new HashMap<>();
        censuses.forEach(census -> shards.put(census.shard(), census.members()));
        return files.save(new SavedGuilds(applicationId, shardCount, shards)).doOnSuccess(written -> {
            comings = comingsNow;
            changes = changesNow;
            writtenAt = now;
        });
    }
}
