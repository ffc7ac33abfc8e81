package dev.gatewatch.gateway;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * Watches over the supervision itself, for liveness: whether its thread still runs, and whether every loop that should run does.
 *
 * <p>Reading is instant and safe from any thread.
 */
public final class SupervisionWatch {

    /** How long a fleet that has ended may be in place: far longer than the next one takes to begin. */
    static final Duration SUCCESSOR_PATIENCE = Duration.ofMinutes(1);

    private static final Duration TICK = Duration.ofSeconds(1);

    private final Supplier<List<Integer>> deadLoops;
    private final Supplier<Boolean> restartWanted;
    private final BooleanSupplier ended;
    private volatile long lastTick = System.nanoTime();
    private volatile boolean ticked;
    private volatile List<Integer> dead = List.of();
    private volatile boolean abandoned;
    private @Nullable Long endedAt; // in the scheduler's nanoseconds; used on its thread only

    /**
     * @param deadLoops the shards whose supervision ended
     * @param restartWanted whether a shard asks for a restart of the process
     * @param ended whether the fleet in place has ended: another one is to take its place at once
     */
    SupervisionWatch(Supplier<List<Integer>> deadLoops, Supplier<Boolean> restartWanted, BooleanSupplier ended) {
        this.deadLoops = deadLoops;
        this.restartWanted = restartWanted;
        this.ended = ended;
    }

    /** Begins to tick on the supervision's thread. */
    Disposable start(Scheduler scheduler) {
        return scheduler.schedulePeriodically(
                () -> {
                    lastTick = System.nanoTime();
                    ticked = true;
                    dead = deadLoops.get();
                    abandoned = isAbandonedAt(scheduler.now(TimeUnit.NANOSECONDS));
                },
                0,
                TICK.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Whether the supervision has run at all. */
    public boolean hasTicked() {
        return ticked;
    }

    /** How long ago the supervision's thread last ran. */
    public Duration sinceTick() {
        return Duration.ofNanos(System.nanoTime() - lastTick);
    }

    /** The shards whose supervision ended or stood still at the last tick, although nobody stopped it: a defect. */
    public List<Integer> deadLoops() {
        return dead;
    }

    /** Whether the fleet has ended, no other one took its place, and nobody ordered it so: a defect. An operator's stop ends no fleet. */
    public boolean isAbandoned() {
        return abandoned;
    }

    /** Whether all attempts are exhausted and {@code DISCORD_EXHAUSTED_ACTION=restart} asks for a restart of the process. */
    public boolean restartWanted() {
        return restartWanted.get();
    }

    private boolean isAbandonedAt(long now) {
        if (!ended.getAsBoolean()) {
            endedAt = null;
            return false;
        }
        endedAt = Objects.requireNonNullElse(endedAt, now);
        return now - endedAt > SUCCESSOR_PATIENCE.toNanos();
    }
}
