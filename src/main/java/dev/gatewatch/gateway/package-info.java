/**
 * The shell around Discord4J: one supervised gateway connection per shard, and the stream of facts about it.
 *
 * <p>May import of ours: connection, log.
 */
@NullMarked
package dev.gatewatch.gateway;

import org.jspecify.annotations.NullMarked;
