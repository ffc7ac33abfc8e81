package dev.gatewatch.gateway;

import dev.gatewatch.connection.ConnectionEvent;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/**
 * The one stream of facts: everybody publishes here, everybody reads here, all in the same order.
 *
 * <p>Thread-safe. An event is delivered on the thread that published it, or on one that is publishing at that moment. An event that
 * a reader publishes is delivered after the one it is reading. A reader that fails loses one event; the others lose none.
 */
public final class ConnectionEvents {

    private final List<Consumer<ConnectionEvent>> readers = new CopyOnWriteArrayList<>();
    private final Queue<ConnectionEvent> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger publishing = new AtomicInteger();
    private final ReaderFailures failures = new ReaderFailures();

    /** Publishes one fact; never blocks, never fails. */
    public void publish(ConnectionEvent event) {
        waiting.add(event);
        if (publishing.getAndIncrement() != 0) {
            return;
        }
        int done = 1;
        do {
            deliver();
            done = publishing.addAndGet(-done);
        } while (done != 0);
    }

    /**
     * Hands all facts from now on to a reader, until it is disposed.
     *
     * @param name who reads, for the log
     * @param action must be quick; what it throws is logged and counted, and it gets the next fact
     */
    public Disposable read(String name, Consumer<ConnectionEvent> action) {
        Consumer<ConnectionEvent> reader = failures.guard(name, action);
        readers.add(reader);
        return () -> readers.remove(reader);
    }

    /** All facts from now on for a pipeline, with a buffer of its own; never completes. */
    public Flux<ConnectionEvent> stream() {
        return Flux.create(sink -> sink.onDispose(read("stream", sink::next)));
    }

    /** What readers have thrown. */
    public ReaderFailures failures() {
        return failures;
    }

    private void deliver() {
        for (ConnectionEvent event = waiting.poll(); event != null; event = waiting.poll()) {
            for (Consumer<ConnectionEvent> reader : readers) {
                reader.accept(event);
            }
        }
    }
}
