package dev.gatewatch.gateway;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Which shards this process runs.
 *
 * @param ids their indices, each below {@code count}
 * @param count how many shards the bot has over all processes
 */
record ShardLayout(List<Integer> ids, int count) {

    /** The configured layout, or what Discord recommends where nothing is configured. */
    static ShardLayout of(GatewayConfig config, int recommended) {
        int count = config.shardCount().orElse(recommended);
        return new ShardLayout(
                config.shardIds()
                        .orElseGet(() -> IntStream.range(0, count).boxed().toList()),
                count);
    }

    /** The shard whose supervisor asks Discord first. */
    static int first(GatewayConfig config) {
        return config.shardIds().map(ids -> ids.get(0)).orElse(0);
    }
}
