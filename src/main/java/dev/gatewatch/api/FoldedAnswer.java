package dev.gatewatch.api;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is written once and given to everybody who asks, until what it tells has changed or it is no longer fresh.
 *
 * <p>It says when it was true, so that {@link #FRESH} is no lie, and how many ask does not matter. Thread-safe: two who find it
 * outdated at the same moment write it twice, to the same effect.
 *
 * @param <T> the answer
 */
final class FoldedAnswer<T> {

    /** How old an answer may be although nothing has changed: times that run are told as they were then. */
    static final Duration FRESH = Duration.ofMillis(50);

    private static final Duration AHEAD = FRESH.dividedBy(2);

    /** How old one may be while the next is being written: longer than it takes to answer a thousand who waited for it. */
    static final Duration LATE = Duration.ofMillis(500);

    private final Supplier<?> basis;
    private final Supplier<T> writer;
    private final Predicate<T> finished;
    private final LongSupplier nanos;
    private volatile @Nullable Written<T> written;

    /**
     * @param basis what it depends on; another object, or one that is not equal, means a change
     * @param writer writes it as it is now
     */
    FoldedAnswer(Supplier<?> basis, Supplier<T> writer) {
        this(basis, writer, answer -> true, System::nanoTime);
    }

    /** One that is written elsewhere: an answer is there at once, but can be given only when it is finished. */
    FoldedAnswer(Supplier<?> basis, Supplier<T> writer, Predicate<T> finished) {
        this(basis, writer, finished, System::nanoTime);
    }

    /** With another clock, in nanoseconds. */
    FoldedAnswer(Supplier<?> basis, Supplier<T> writer, Predicate<T> finished, LongSupplier nanos) {
        this.basis = basis;
        this.writer = writer;
        this.finished = finished;
        this.nanos = nanos;
    }

    /** Never outdated, but it may not be finished. */
    T get() {
        Object current = basis.get();
        long now = nanos.getAsLong();
        Written<T> newest = written;
        return newest != null && newest.isTrue(current, now, FRESH) ? newest.body : write(newest, current, now).body;
    }

    /**
     * A finished one, or null. For as long as somebody asks, there is one: the next is begun when half of the time of the last is over, and until it is
     * finished the last is given, at most {@link #LATE} if what it depends on is the same.
     */
    @Nullable
    T finished() {
        Object current = basis.get();
        long now = nanos.getAsLong();
        Written<T> newest = written;
        if (newest == null || !newest.isTrue(current, now, finished.test(newest.body) ? AHEAD : LATE)) {
            newest = write(newest, current, now);
        }
        if (finished.test(newest.body)) {
            return newest.body;
        }
        Written<T> last = newest.last;
        return last != null && last.isTrue(current, now, LATE) ? last.body : null;
    }

    private Written<T> write(@Nullable Written<T> before, Object current, long now) {
        Written<T> last = before == null || finished.test(before.body) ? before : before.last;
        Written<T> next = new Written<>(current, now, writer.get(), last == null ? null : last.alone());
        written = next;
        return next;
    }

    /** With the last one that was finished. */
    private record Written<T>(
            Object basis, long nanos, T body, @Nullable Written<T> last) {

        boolean isTrue(Object current, long now, Duration age) {
            return now - nanos < age.toNanos() && basis.equals(current);
        }

        Written<T> alone() {
            return last == null ? this : new Written<>(basis, nanos, body, null);
        }
    }
}
