package dev.gatewatch.history;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events are wanted, newest first.
 *
 * @param from not before; null for no bound
 * @param to before; null for no bound
 * @param shard of this shard only; null for all
 * @param kinds of these kinds only; empty for all
 * @param after behind this position; null from the newest on
 * @param limit at most so many
 */
public record EventQuery(
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Integer shard,
        Set<EventKind> kinds,
        @Nullable Position after,
        int limit) {}
