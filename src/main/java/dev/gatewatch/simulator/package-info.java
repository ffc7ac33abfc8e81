/**
 * A faithful Discord gateway and REST API on loopback, with faults on demand.
 *
 * <p>May import of ours: connection.CloseCode only; never the service.
 */
@NullMarked
package dev.gatewatch.simulator;

import org.jspecify.annotations.NullMarked;
