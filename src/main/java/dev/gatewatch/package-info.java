/**
 * The program: its commands, its settings and their check, and the wiring of the rooms.
 *
 * <p>May import of ours: everything. Nothing imports it.
 */
@NullMarked
package dev.gatewatch;

import org.jspecify.annotations.NullMarked;
