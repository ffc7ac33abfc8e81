package dev.gatewatch.gateway;

import discord4j.discordjson.json.gateway.Dispatch;

/**
 * Sees the dispatches of every shard first-hand, before Discord4J and its event dispatcher do, in the order of each shard.
 *
 * <p>Of the many and the large (those of {@link Listeners}), only what somebody reads is built and seen. Called on the connection's event loop: it must return at once and must not throw.
 */
@FunctionalInterface
public interface DispatchTap {

    /** A dispatch arrived at a shard. */
    void seen(int shard, Dispatch dispatch);

    /** Whether dispatches of this type must be built although nobody listens to Discord4J's events (yet). */
    default boolean reads(String type) {
        return false;
    }
}
