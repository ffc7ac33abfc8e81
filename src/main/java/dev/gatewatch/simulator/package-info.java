/**
 * A faithful Discord gateway and REST API on loopback, with faults on demand.
 *
 * <p>{@link dev.gatewatch.simulator.Simulator#start} starts one; {@link dev.gatewatch.simulator.Faults} strikes it by the
 * names of the catalogue, {@link dev.gatewatch.simulator.ScenarioFile} by a timetable; {@link
 * dev.gatewatch.simulator.Journal} and {@link dev.gatewatch.simulator.Violation} tell what came of it. One event loop owns
 * everything else.
 *
 * <p>May import of ours: connection.CloseCode only; never the service.
 */
@NullMarked
package dev.gatewatch.simulator;

import org.jspecify.annotations.NullMarked;
