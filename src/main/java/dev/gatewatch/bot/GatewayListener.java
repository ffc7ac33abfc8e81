package dev.gatewatch.bot;

import discord4j.core.event.domain.Event;
import reactor.core.publisher.Mono;

/**
 * Listens to one type of Discord's events: each CDI bean of this type is called.
 *
 * <p>One event at a time, in the order of their arrival, on a thread of this listener alone, each for {@code
 * GATEWATCH_COMMANDS_DEADLINE} at most; it may block. 1,024 events wait for it, more are dropped, counted and logged. Which events
 * there are follows from {@code DISCORD_INTENTS}.
 *
 * @param <E> the type, {@code Event} for all
 */
public interface GatewayListener<E extends Event> {

    /** The type; subtypes come too. */
    Class<E> type();

    /** Does something about an event; an error is logged and counted, and the next event comes all the same. */
    Mono<Void> handle(E event);
}
