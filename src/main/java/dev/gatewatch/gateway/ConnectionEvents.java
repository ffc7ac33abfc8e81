package dev.gatewatch.gateway;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.log.LogEvent;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * The one stream of facts: everybody publishes here, everybody reads here, all in the same order.
 *
 * <p>Thread-safe. An event is delivered on the thread that published it, or on one that is publishing at that moment;
 * an event published by a reader is delivered after the one being read. Each reader has a buffer of its own, so that a slow
 * one holds nobody back and loses nothing.
 */
public final class ConnectionEvents {

    private static final Logger log = Logger.getLogger(ConnectionEvents.class);

    private final Sinks.Many<ConnectionEvent> sink = Sinks.many().multicast().directBestEffort();
    private final Queue<ConnectionEvent> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger publishing = new AtomicInteger();

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

    /** All facts from now on; never completes. */
    public Flux<ConnectionEvent> stream() {
        return sink.asFlux().onBackpressureBuffer();
    }

    private void deliver() {
        for (ConnectionEvent event = waiting.poll(); event != null; event = waiting.poll()) {
            Sinks.EmitResult result = sink.tryEmitNext(event);
            if (result.isFailure() && result != Sinks.EmitResult.FAIL_ZERO_SUBSCRIBER) {
                LogEvent.DEFECT.log(
                        log,
                        "A fact could not be delivered (%s): %s. This is a defect of Gatewatch, please report it.",
                        result,
                        event);
            }
        }
    }
}
