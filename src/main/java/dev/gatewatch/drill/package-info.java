/**
 * Drills: each fault of the catalogue in turn against whatever bot is connected to a simulator, measured from its journal.
 *
 * <p>{@link dev.gatewatch.drill.DrillPlan} says which rows there are, {@link dev.gatewatch.drill.Drills} carries them out, a
 * {@link dev.gatewatch.drill.DrillReport} tells what came of it.
 *
 * <p>May import of ours: simulator only; never the service.
 */
@NullMarked
package dev.gatewatch.drill;

import org.jspecify.annotations.NullMarked;
