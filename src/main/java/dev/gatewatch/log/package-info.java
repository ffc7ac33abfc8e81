/**
 * The log events: what Gatewatch says in its log, each under a name that does not change.
 *
 * <p>May import of ours: connection.
 */
@NullMarked
package dev.gatewatch.log;

import org.jspecify.annotations.NullMarked;
