package dev.gatewatch.api;

import java.time.Duration;
import java.util.function.LongSupplier;
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

    private final Supplier<?> basis;
    private final Supplier<T> writer;
    private final LongSupplier nanos;
    private volatile @Nullable Written<T> written;

    /**
     * @param basis what it depends on; another object, or one that is not equal, means a change
     * @param writer writes it as it is now
     */
    FoldedAnswer(Supplier<?> basis, Supplier<T> writer) {
        this(basis, writer, System::nanoTime);
    }

    /** With another clock, in nanoseconds. */
    FoldedAnswer(Supplier<?> basis, Supplier<T> writer, LongSupplier nanos) {
        this.basis = basis;
        this.writer = writer;
        this.nanos = nanos;
    }

    T get() {
        Object current = basis.get();
        long now = nanos.getAsLong();
        T fresh = fresh(current, now);
        if (fresh != null) {
            return fresh;
        }
        T body = writer.get();
        written = new Written<>(current, now, body);
        return body;
    }

    /** What is written already, or null if it would have to be written first. */
    @Nullable
    T fresh() {
        return fresh(basis.get(), nanos.getAsLong());
    }

    private @Nullable T fresh(Object current, long now) {
        Written<T> last = written;
        return last != null && now - last.nanos < FRESH.toNanos() && last.basis.equals(current) ? last.body : null;
    }

    private record Written<T>(Object basis, long nanos, T body) {}
}
