/**
 * Status over HTTP: the JSON contract lives here and only here.
 *
 * <p>May import of ours: connection, gateway, log, status, history, alert.
 */
@NullMarked
package dev.gatewatch.api;

import org.jspecify.annotations.NullMarked;
