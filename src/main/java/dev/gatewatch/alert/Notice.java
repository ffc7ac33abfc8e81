package dev.gatewatch.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The policy's decision to tell something.
 *
 * @param occasion why
 * @param alert the alert after it; the one that is over, when it is
 * @param at when it was decided
 * @param ended when its cause ended; null while it has not
 * @param headline what it is, in one line
 * @param shardCount how many shards are known
 * @param detail more about it, in sentences
 * @param remedy what a person can do; null when there is nothing to do but wait
 */
record Notice(
        Occasion occasion,
        OpenAlert alert,
        Instant at,
        @Nullable Instant ended,
        String headline,
        int shardCount,
        String detail,
        @Nullable String remedy) {}
