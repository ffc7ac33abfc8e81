package dev.gatewatch.history;

import java.time.Instant;

/**
 * A place in a list that is ordered by time, then by id.
 *
 * @param at the time of the row
 * @param id its id
 */
public record Position(Instant at, String id) {}
