package dev.gatewatch.gateway;

import dev.gatewatch.log.LogEvent;
import java.time.Duration;
import org.jboss.logging.Logger;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Carries out what changes the fleet, one order after the other: each begins when the one before has ended.
 *
 * <p>An order that was given is carried out, whether or not somebody still waits for it. One that does not end in time is cancelled, so
 * that those behind it get their turn. Thread-safe; nothing here blocks.
 */
final class Orders implements Disposable {

    private static final Logger log = Logger.getLogger(Orders.class);

    /** How long an order may take: far longer than it takes to cut all connections and to write their sessions. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Sinks.Many<Mono<Void>> queue = Sinks.many().unicast().onBackpressureBuffer();
    private final Scheduler thread;
    private final Scheduler clock;
    private final Disposable carryingOut;
    private boolean closed;

    /**
     * @param thread on whose thread each order begins; none may block it
     * @param clock measures how long an order takes
     */
    Orders(Scheduler thread, Scheduler clock) {
        this.thread = thread;
        this.clock = clock;
        carryingOut = queue.asFlux()
                .concatMap(order -> order)
                .subscribe(nothing -> {}, error -> LogEvent.DEFECT.log(log, error, "Orders are no longer carried out"));
    }

    /** Takes an order on subscription; completes or fails as the order does. */
    Mono<Void> give(Mono<Void> order) {
        return Mono.defer(() -> take(order, false));
    }

    /** The same for the last one: an order given after it fails. */
    Mono<Void> giveLast(Mono<Void> order) {
        return Mono.defer(() -> take(order, true));
    }

    @Override
    public void dispose() {
        carryingOut.dispose();
    }

    private synchronized Mono<Void> take(Mono<Void> order, boolean last) {
        if (closed) {
            return Mono.error(new GatewayCommands.Refused("The service is shutting down."));
        }
        closed = last;
        Sinks.Empty<Void> outcome = Sinks.empty();
        Mono<Void> carriedOut = order.subscribeOn(thread)
                .timeout(PATIENCE, clock)
                .doOnError(error -> outcome.tryEmitError(error).orThrow())
                .doOnSuccess(nothing -> outcome.tryEmitEmpty().orThrow())
                .onErrorComplete();
        queue.tryEmitNext(carriedOut).orThrow();
        return outcome.asMono();
    }
}
