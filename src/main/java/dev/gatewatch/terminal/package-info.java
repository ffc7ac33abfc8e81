/**
 * The terminal's side: {@code monitor} and {@code check}, clients of the HTTP API only.
 *
 * <p>May import of ours: nothing. It reads the API's JSON leniently, so that it also works against older and newer servers, and starts
 * neither Quarkus nor a JSON binder, so that it is there in a moment.
 */
@NullMarked
package dev.gatewatch.terminal;

import org.jspecify.annotations.NullMarked;
