/**
 * The read side: the current {@link dev.gatewatch.connection.Snapshot}, folded from facts, and the scheduled monitor.
 *
 * <p>May import of ours: connection, gateway, log.
 */
@NullMarked
package dev.gatewatch.status;

import org.jspecify.annotations.NullMarked;
