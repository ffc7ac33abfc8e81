/**
 * Numbers for Prometheus, at {@code /q/metrics}: counted from facts, read from the snapshot, or told by the connections.
 *
 * <p>Base units only: seconds, bytes, Unix time. A value that is not known is absent or NaN, never a guess. Every label has few
 * values. May import of ours: connection, gateway, status, history.
 */
@NullMarked
package dev.gatewatch.metrics;

import org.jspecify.annotations.NullMarked;
