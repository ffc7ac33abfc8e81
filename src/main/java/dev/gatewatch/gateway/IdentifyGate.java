package dev.gatewatch.gateway;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;

/**
 * Lets shards IDENTIFY one after the other: one per {@link #SPACING} in each bucket {@code shard % max_concurrency}.
 *
 * <p>A shard takes its turn before it connects, and the next one's begins {@link #SPACING} after the IDENTIFY really was sent.
 * Thread-safe. See [Discord Docs/Gateway/Max Concurrency].
 */
final class IdentifyGate {

    /** Discord's 5 s, and a little more for the difference between its clock and the way there. */
    static final Duration SPACING = Duration.ofMillis(5_100);

    private final IntSupplier maxConcurrency;
    private final Scheduler scheduler;
    private final Map<Integer, Bucket> buckets = new HashMap<>();

    /**
     * @param maxConcurrency how many buckets there are now, 1 or more
     * @param scheduler measures the spacing
     */
    IdentifyGate(IntSupplier maxConcurrency, Scheduler scheduler) {
        this.maxConcurrency = maxConcurrency;
        this.scheduler = scheduler;
    }

    /** Waits for the shard's turn, which the taker must {@link Turn#release()}. */
    Mono<Turn> turn(int shard) {
        return Mono.create(sink -> {
            Bucket bucket;
            synchronized (buckets) {
                bucket = buckets.computeIfAbsent(shard % maxConcurrency.getAsInt(), key -> new Bucket());
            }
            sink.onCancel(() -> bucket.leave(sink));
            bucket.enter(sink);
        });
    }

    /** The right to send one IDENTIFY. */
    interface Turn {

        /** The IDENTIFY is being sent. */
        void spent();

        /** The attempt is over; without {@link #spent()} the next shard's turn begins at once. */
        void release();
    }

    private final class Bucket {

        private final Deque<MonoSink<Turn>> waiting = new ArrayDeque<>();
        private boolean taken;
        private boolean timed;
        private long freeAt = scheduler.now(TimeUnit.NANOSECONDS);

        synchronized void enter(MonoSink<Turn> sink) {
            waiting.add(sink);
            serve();
        }

        synchronized void leave(MonoSink<Turn> sink) {
            waiting.remove(sink);
        }

        private synchronized void serve() {
            if (taken || timed || waiting.isEmpty()) {
                return;
            }
            long wait = freeAt - scheduler.now(TimeUnit.NANOSECONDS);
            if (wait > 0) {
                timed = true;
                scheduler.schedule(this::due, wait, TimeUnit.NANOSECONDS);
                return;
            }
            taken = true;
            waiting.remove().success(new BucketTurn());
        }

        private synchronized void due() {
            timed = false;
            serve();
        }

        private final class BucketTurn implements Turn {

            private boolean over;

            @Override
            public void spent() {
                synchronized (Bucket.this) {
                    if (!over) {
                        freeAt = scheduler.now(TimeUnit.NANOSECONDS) + SPACING.toNanos();
                        release();
                    }
                }
            }

            @Override
            public void release() {
                synchronized (Bucket.this) {
                    if (!over) {
                        over = true;
                        taken = false;
                        serve();
                    }
                }
            }
        }
    }
}
