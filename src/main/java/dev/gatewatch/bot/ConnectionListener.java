package dev.gatewatch.bot;

import dev.gatewatch.connection.ConnectionEvent;
import reactor.core.publisher.Mono;

/**
 * Reacts to what happens to the gateway connections: each CDI bean of this type is called.
 *
 * <p>One event at a time, in their order, on a thread of this listener alone, under the rules of {@link GatewayListener}.
 */
@FunctionalInterface
public interface ConnectionListener {

    /** Does something about an event; an error is logged and counted, and the next event comes all the same. */
    Mono<Void> handle(ConnectionEvent event);
}
