/**
 * Liveness, readiness and startup, answered from the snapshot without any I/O.
 *
 * <p>May import of ours: connection, gateway, status.
 */
@NullMarked
package dev.gatewatch.health;

import org.jspecify.annotations.NullMarked;
