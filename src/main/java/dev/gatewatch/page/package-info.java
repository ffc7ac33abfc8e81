/**
 * The status page: its HTML, the headers that fence it in, and in the demo the faults it offers to play.
 *
 * <p>What it shows it asks of the HTTP API, in the browser. May import of ours: nothing.
 */
@NullMarked
package dev.gatewatch.page;

import org.jspecify.annotations.NullMarked;
