package dev.gatewatch.gateway;

import dev.gatewatch.log.LogEvent;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import reactor.core.publisher.Mono;

/**
 * Keeps readers alive: a reader that fails on one value is logged and counted, and reads the next one.
 *
 * <p>Errors count, too. Reactor throws some of them, such as a {@link LinkageError}, past every error handler, which ends a pipeline
 * without a word. Thread-safe.
 */
public final class ReaderFailures {

    private static final Logger log = Logger.getLogger(ReaderFailures.class);

    private final Map<String, AtomicLong> failures = new ConcurrentHashMap<>();

    /** The same action for a pipeline that must not end: it never throws. */
    public <T> Consumer<T> guard(String reader, Consumer<? super T> action) {
        return value -> run(reader, () -> action.accept(value));
    }

    /** Runs one step of a reader; never throws. */
    public void run(String reader, Runnable step) {
        try {
            step.run();
        } catch (Throwable failure) { // nobody above could do more about it
            note(reader, failure);
        }
    }

    /** Runs one step that takes its time; completes empty when it fails. */
    public <T> Mono<T> attempt(String reader, Supplier<Mono<T>> step) {
        return withErrors(step).onErrorResume(failure -> {
            note(reader, failure);
            return Mono.empty();
        });
    }

    /** A step whose Errors are errors of its Mono; Reactor throws some of them past every handler. */
    static <T> Mono<T> withErrors(Supplier<Mono<T>> step) {
        return Mono.defer(() -> {
            try {
                return step.get();
            } catch (LinkageError | VirtualMachineError failure) {
                return Mono.error(new IllegalStateException(failure));
            }
        });
    }

    /** Logs and counts a failure: the 1st, 2nd, 4th, 8th and so on of a reader at ERROR, the others at DEBUG. */
    public void note(String reader, Throwable failure) {
        long count = failures.computeIfAbsent(reader, name -> new AtomicLong()).incrementAndGet();
        String message = "The reader \"" + reader + "\" failed, " + count + " times since the start, and goes on."
                + " This is a defect of Gatewatch, please report it.";
        if (Long.bitCount(count) == 1) {
            LogEvent.READER_FAILED.log(log, failure, message);
        } else {
            log.debug(message, failure);
        }
    }

    /** How often readers have failed since the start. */
    public long count() {
        return failures.values().stream().mapToLong(AtomicLong::get).sum();
    }
}
