package dev.gatewatch.simulator;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The guilds that the bot is in: the same ids, names and members on every start.
 *
 * <p>See [Discord Docs/Gateway/Sharding].
 */
final class Guilds {

    /** 2020-01-01 in Discord's epoch, in milliseconds: the guilds were founded one millisecond apart. */
    private static final long FOUNDED = 157_766_400_000L;

    private final List<Guild> guilds;

    Guilds(int count, int members) {
        this.guilds = IntStream.range(0, count)
                .mapToObj(i -> new Guild((FOUNDED + i) << 22, "Guild " + (i + 1), share(members, count, i)))
                .toList();
    }

    List<Guild> all() {
        return guilds;
    }

    List<Guild> ofShard(int shard, int shards) {
        return guilds.stream()
                .filter(guild -> Guild.shardOf(guild.id(), shards) == shard)
                .toList();
    }

    Optional<Guild> find(String id) {
        return guilds.stream().filter(guild -> guild.idText().equals(id)).findFirst();
    }

    private static int share(int members, int count, int index) {
        return members / count + (index < members % count ? 1 : 0);
    }
}
