package dev.gatewatch.gateway;

import discord4j.discordjson.json.gateway.Dispatch;

/**
 * Sees every dispatch of every shard first-hand, before Discord4J and its event dispatcher do, in the order of each shard.
 *
 * <p>Called on the connection's event loop: it must return at once and must not throw.
 */
@FunctionalInterface
public interface DispatchTap {

    /** A dispatch arrived at a shard. */
    void seen(int shard, Dispatch dispatch);
}
