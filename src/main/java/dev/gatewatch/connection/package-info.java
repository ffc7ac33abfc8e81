/**
 * The pure core: what can happen to a gateway connection, what it means, and what to do about it.
 *
 * <p>May import of ours: nothing.
 */
@NullMarked
package dev.gatewatch.connection;

import org.jspecify.annotations.NullMarked;
