package dev.gatewatch.history;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which incidents are wanted, newest first.
 *
 * @param from begun not before; null for no bound
 * @param to begun before; null for no bound
 * @param shard of this shard only; null for all
 * @param causes with one of these causes only; empty for all
 * @param blames with one of these verdicts only; empty for all
 * @param after behind this position; null from the newest on
 * @param limit at most so many
 */
public record IncidentQuery(
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Integer shard,
        Set<String> causes,
        Set<Verdict.Blame> blames,
        @Nullable Position after,
        int limit) {}
