package dev.gatewatch.gateway;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
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

    /** Waits for the shard's turn, which the taker must {@link Turn#release()}; cancelling releases it as well. */
    Mono<Turn> turn(int shard) {
        return new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super Turn> taker) {
                taker.onSubscribe(new Waiter(bucket(shard), taker));
            }
        };
    }

    /** The longest time for which a turn has been taken while others wait for theirs; zero when nobody waits. */
    Duration heldUp() {
        synchronized (buckets) {
            return buckets.values().stream().map(Bucket::heldUp).reduce(Duration.ZERO, Durations::max);
        }
    }

    private Bucket bucket(int shard) {
        synchronized (buckets) {
            return buckets.computeIfAbsent(shard % maxConcurrency.getAsInt(), key -> new Bucket());
        }
    }

    private long now() {
        return scheduler.now(TimeUnit.NANOSECONDS);
    }

    /** The right to send one IDENTIFY. */
    interface Turn {

        /** The IDENTIFY is being sent. */
        void spent();

        /** The attempt is over; without {@link #spent()} the next shard's turn begins at once. */
        void release();
    }

    private final class Bucket {

        private final Deque<Waiter> waiting = new ArrayDeque<>();
        private @Nullable Waiter taker;
        private boolean timed;
        private long takenAt;
        private long freeAt = now();

        void enter(Waiter waiter) {
            synchronized (this) {
                waiting.add(waiter);
            }
            serve();
        }

        void leave(Waiter waiter, boolean spent) {
            synchronized (this) {
                waiting.remove(waiter);
                if (taker != waiter) {
                    return;
                }
                taker = null;
                if (spent) {
                    freeAt = now() + SPACING.toNanos();
                }
            }
            serve();
        }

        synchronized Duration heldUp() {
            return taker == null || waiting.isEmpty() ? Duration.ZERO : Duration.ofNanos(now() - takenAt);
        }

        /** Gives the turn to the next in line. Outside of the lock, since the taker may do anything. */
        private void serve() {
            Waiter next = next();
            if (next != null) {
                next.take();
            }
        }

        private synchronized @Nullable Waiter next() {
            if (taker != null || timed || waiting.isEmpty()) {
                return null;
            }
            long wait = freeAt - now();
            if (wait > 0) {
                timed = true;
                scheduler.schedule(this::due, wait, TimeUnit.NANOSECONDS);
                return null;
            }
            taker = waiting.remove();
            takenAt = now();
            return taker;
        }

        private void due() {
            synchronized (this) {
                timed = false;
            }
            serve();
        }
    }

    /**
     * One shard that waits for its turn, and then has it.
     *
     * <p>A cancel may come at any moment: before the turn, while it is handed over, or after. Each time the turn goes back, so that none is lost on
     * its way to a taker that is no longer there.
     */
    private static final class Waiter implements Subscription, Turn {

        private final Bucket bucket;
        private final CoreSubscriber<? super Turn> taker;
        private boolean requested;
        private boolean cancelled;

        Waiter(Bucket bucket, CoreSubscriber<? super Turn> taker) {
            this.bucket = bucket;
            this.taker = taker;
        }

        @Override
        public void request(long count) {
            synchronized (this) {
                if (requested || cancelled) {
                    return;
                }
                requested = true;
            }
            bucket.enter(this);
        }

        @Override
        public void cancel() {
            synchronized (this) {
                cancelled = true;
            }
            bucket.leave(this, false);
        }

        @Override
        public void spent() {
            bucket.leave(this, true);
        }

        @Override
        public void release() {
            bucket.leave(this, false);
        }

        private void take() {
            boolean gone;
            synchronized (this) {
                gone = cancelled;
            }
            if (gone) {
                bucket.leave(this, false);
            } else {
                taker.onNext(this);
                taker.onComplete();
            }
        }
    }
}
