package dev.gatewatch.bot;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * One piece of work in a {@link Lane}: whatever it throws, Errors included, becomes the error of its Mono.
 *
 * <p>Cancelling it interrupts its thread, unless that has moved on.
 */
final class LaneWork<T> implements Runnable, Disposable {

    private final Callable<Mono<T>> work;
    private final MonoSink<T> sink;
    private final Runnable over;
    private final Disposable.Swap subscription = Disposables.swap();
    private final AtomicInteger open = new AtomicInteger(2); // the thread, and the Mono
    private @Nullable Thread thread;
    private boolean started;
    private boolean disposed;
    private boolean ended;

    LaneWork(Callable<Mono<T>> work, MonoSink<T> sink, Runnable over) {
        this.work = work;
        this.sink = sink;
        this.over = over;
    }

    @Override
    public void run() {
        if (!begin()) {
            over.run();
            return;
        }
        try {
            Mono<T> result = work.call();
            if (result == null) {
                throw new NullPointerException("the handler returned null instead of a Mono");
            }
            subscription.update(result.doFinally(signal -> end())
                    .subscribe(sink::success, error -> sink.error(new HandlerFailure(error)), sink::success));
        } catch (Throwable e) { // whatever a handler throws is the handler's: it must not take this thread with it
            end();
            sink.error(new HandlerFailure(e));
        } finally {
            leave();
        }
    }

    @Override
    public void dispose() {
        boolean begun;
        synchronized (this) {
            begun = started;
            disposed = true;
            if (thread != null && thread != Thread.currentThread()) {
                thread.interrupt();
            }
        }
        subscription.dispose();
        if (begun) {
            end();
        }
    }

    @Override
    public synchronized boolean isDisposed() {
        return disposed;
    }

    private synchronized boolean begin() {
        if (disposed) {
            return false;
        }
        started = true;
        thread = Thread.currentThread();
        return true;
    }

    private void leave() {
        synchronized (this) {
            thread = null;
            Thread.interrupted(); // ours; it must not hit what this thread does next
        }
        close();
    }

    private void end() {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
        }
        close();
    }

    private void close() {
        if (open.decrementAndGet() == 0) {
            over.run();
        }
    }
}
