package dev.gatewatch.gateway;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * Watches over the supervision itself, for liveness: whether its thread still runs, and whether every loop that should run does.
 *
 * <p>Reading is instant and safe from any thread.
 */
public final class SupervisionWatch {

    private static final Duration TICK = Duration.ofSeconds(1);

    private final Supplier<List<Integer>> deadLoops;
    private final Supplier<Boolean> restartWanted;
    private volatile long lastTick = System.nanoTime();
    private volatile boolean ticked;
    private volatile List<Integer> dead = List.of();

    SupervisionWatch(Supplier<List<Integer>> deadLoops, Supplier<Boolean> restartWanted) {
        this.deadLoops = deadLoops;
        this.restartWanted = restartWanted;
    }

    /** Begins to tick on the supervision's thread. */
    Disposable start(Scheduler scheduler) {
        return scheduler.schedulePeriodically(
                () -> {
                    lastTick = System.nanoTime();
                    ticked = true;
                    dead = deadLoops.get();
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

    /** Whether all attempts are exhausted and {@code DISCORD_EXHAUSTED_ACTION=restart} asks for a restart of the process. */
    public boolean restartWanted() {
        return restartWanted.get();
    }
}
