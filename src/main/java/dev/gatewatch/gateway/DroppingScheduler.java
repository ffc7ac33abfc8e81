package dev.gatewatch.gateway;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * A scheduler that, once disposed, drops what it is given where others refuse it.
 *
 * <p>Discord4J's senders return their permits through a timer that nobody can cancel ({@code RateLimitOperator}), and a last frame may arrive while
 * we stop. Nobody needs such a task, and its refusal would be a stack trace in the log of every tenth shutdown.
 *
 * <p>Thread-safe, as the scheduler it wraps.
 */
final class DroppingScheduler implements Scheduler {

    private final Scheduler delegate;

    DroppingScheduler(Scheduler delegate) {
        this.delegate = delegate;
    }

    @Override
    public Disposable schedule(Runnable task) {
        return unlessDisposed(() -> delegate.schedule(task));
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        return unlessDisposed(() -> delegate.schedule(task, delay, unit));
    }

    @Override
    public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
        return unlessDisposed(() -> delegate.schedulePeriodically(task, initialDelay, period, unit));
    }

    @Override
    public Worker createWorker() {
        return new DroppingWorker(delegate.createWorker());
    }

    @Override
    public long now(TimeUnit unit) {
        return delegate.now(unit);
    }

    @Override
    public boolean isDisposed() {
        return delegate.isDisposed();
    }

    @Override
    public void dispose() {
        delegate.dispose();
    }

    /** A refusal by a scheduler that still works, such as one whose queue is full, is the caller's to hear. */
    private Disposable unlessDisposed(Supplier<Disposable> scheduling) {
        try {
            return scheduling.get();
        } catch (RejectedExecutionException refused) {
            if (delegate.isDisposed()) {
                return Disposables.disposed();
            }
            throw refused;
        }
    }

    private final class DroppingWorker implements Worker {

        private final Worker worker;

        DroppingWorker(Worker worker) {
            this.worker = worker;
        }

        @Override
        public Disposable schedule(Runnable task) {
            return unlessDisposed(() -> worker.schedule(task));
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            return unlessDisposed(() -> worker.schedule(task, delay, unit));
        }

        @Override
        public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
            return unlessDisposed(() -> worker.schedulePeriodically(task, initialDelay, period, unit));
        }

        @Override
        public boolean isDisposed() {
            return worker.isDisposed();
        }

        @Override
        public void dispose() {
            worker.dispose();
        }
    }
}
