/**
 * Telling people: which states are worth an alert, when it is over, and how the word gets to webhooks, once at least and in order.
 *
 * <p>May import of ours: connection, gateway, log, history.
 */
@NullMarked
package dev.gatewatch.alert;

import org.jspecify.annotations.NullMarked;
