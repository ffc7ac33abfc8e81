package dev.gatewatch;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Virtual time whose wall clock can be set; its nanoseconds go on regardless, as a machine's do. */
public final class SetClock implements Scheduler {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private Duration ahead = Duration.ZERO;

    /** Sets the wall clock forward, or back by a negative duration. */
    public void set(Duration by) {
        ahead = ahead.plus(by);
    }

    /** Lets time pass. */
    public void pass(Duration passed) {
        time.advanceTimeBy(passed);
    }

    @Override
    public long now(TimeUnit unit) {
        boolean monotonic = unit == TimeUnit.NANOSECONDS;
        return time.now(unit) + (monotonic ? 0 : unit.convert(ahead));
    }

    @Override
    public Disposable schedule(Runnable task) {
        return time.schedule(task);
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        return time.schedule(task, delay, unit);
    }

    @Override
    public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
        return time.schedulePeriodically(task, initialDelay, period, unit);
    }

    @Override
    public Worker createWorker() {
        return time.createWorker();
    }

    @Override
    public void dispose() {
        time.dispose();
    }
}
