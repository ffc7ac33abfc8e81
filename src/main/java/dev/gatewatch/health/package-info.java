/**
 * Liveness, readiness and startup, answered from the snapshot without any I/O, on the event loop: no probe waits for a
 * worker's thread.
 *
 * <p>May import of ours: connection, gateway, status.
 */
@NullMarked
package dev.gatewatch.health;

import org.jspecify.annotations.NullMarked;
