package dev.gatewatch.api;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is written once and given to everybody who asks, until its basis changes or it is older than {@link #FRESH}.
 *
 * <p>The answer carries its own time, so sharing it is honest. Thread-safe: two threads that find it outdated at the same moment
 * both write it, to the same effect.
 */
final class FoldedAnswer {

    /** The greatest age of an answer whose basis is unchanged: running times in it are up to this old. */
    static final Duration FRESH = Duration.ofMillis(50);

    private final Supplier<?> basis;
    private final Supplier<AnswerBody> writer;
    private final LongSupplier nanos;

    private volatile @Nullable Written written;

    /**
     * @param basis what the answer depends on; a value that is not equal to the last one means a change
     * @param writer writes the answer as it is now
     */
    FoldedAnswer(Supplier<?> basis, Supplier<AnswerBody> writer) {
        this(basis, writer, System::nanoTime);
    }

    /** With another clock, in nanoseconds. */
    FoldedAnswer(Supplier<?> basis, Supplier<AnswerBody> writer, LongSupplier nanos) {
        this.basis = basis;
        this.writer = writer;
        this.nanos = nanos;
    }

    AnswerBody get() {
        Object current = basis.get();
        long now = nanos.getAsLong();
        Written last = written;
        if (last != null && last.isTrue(current, now)) {
            return last.body;
        }
        Written next = new Written(current, now, writer.get());
        written = next;
        return next.body;
    }

    private record Written(Object basis, long nanos, AnswerBody body) {

        boolean isTrue(Object current, long now) {
            return now - nanos < FRESH.toNanos() && basis.equals(current);
        }
    }
}
