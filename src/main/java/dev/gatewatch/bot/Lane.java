package dev.gatewatch.bot;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * Where the code of one handler runs: on threads of its own, so many pieces of work at a time, so many waiting, no more.
 *
 * <p>A piece of work is over when its thread has returned from it <em>and</em> its Mono has ended or was cancelled: one that ignores
 * its cancellation keeps its place, and the lane answers {@link OverloadedException} rather than to grow. Thread-safe.
 */
final class Lane implements Disposable {

    private static final long IDLE_SECONDS = 30;

    private final String name;
    private final int concurrency;
    private final int capacity;
    private final ThreadPoolExecutor threads;
    private final Deque<LaneWork<?>> waiting = new ArrayDeque<>();
    private int running;

    /**
     * @param name of the handler, for its threads
     * @param concurrency how many pieces of work at a time, 1 or more
     * @param capacity how many may wait
     */
    Lane(String name, int concurrency, int capacity) {
        this.name = name;
        this.concurrency = concurrency;
        this.capacity = capacity;
        threads = new ThreadPoolExecutor(
                concurrency, concurrency, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread);
        threads.allowCoreThreadTimeOut(true);
    }

    /** Does the work once subscribed to; fails with {@link OverloadedException} when too much is waiting already. */
    <T> Mono<T> run(Callable<Mono<T>> work) {
        return Mono.create(sink -> {
            LaneWork<T> job = new LaneWork<>(work, sink, this::over);
            sink.onDispose(job);
            if (!admit(job)) {
                sink.error(new OverloadedException(name));
            }
        });
    }

    @Override
    public void dispose() {
        threads.shutdownNow();
    }

    private synchronized boolean admit(LaneWork<?> job) {
        if (threads.isShutdown()) {
            return false;
        }
        if (running < concurrency) {
            running++;
            threads.execute(job);
            return true;
        }
        waiting.removeIf(LaneWork::isDisposed);
        return waiting.size() < capacity && waiting.add(job);
    }

    private synchronized void over() {
        LaneWork<?> next = waiting.poll();
        while (next != null && next.isDisposed()) {
            next = waiting.poll();
        }
        if (next == null || threads.isShutdown()) {
            running--;
        } else {
            threads.execute(next);
        }
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "gatewatch-bot-" + name);
        thread.setDaemon(true);
        thread.setContextClassLoader(Objects.requireNonNull(Lane.class.getClassLoader()));
        return thread;
    }
}
