/**
 * The memory: every fact, incident and sample, in SQLite or PostgreSQL, with nothing lost on the way.
 *
 * <p>May import of ours: connection, gateway, log.
 */
@NullMarked
package dev.gatewatch.history;

import org.jspecify.annotations.NullMarked;
