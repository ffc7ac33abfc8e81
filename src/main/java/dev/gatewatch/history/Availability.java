package dev.gatewatch.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;

/**
 * How available the bot was in each of several adjoining stretches of time; immutable.
 *
 * @param edges where the stretches begin, and where the last one ends: one more than there are stretches
 * @param total all shards together, one cell for each stretch
 * @param shards each shard, by index, likewise
 * @param incidents how many incidents touch each stretch, blips and maintenance left out
 * @param maintenance the maintenance windows left out of it
 */
public record Availability(
        List<Instant> edges,
        List<Cell> total,
        SortedMap<Integer, List<Cell>> shards,
        List<Integer> incidents,
        List<MaintenanceWindow> maintenance) {

    /**
     * One stretch of time.
     *
     * @param watched shard time that was watched, maintenance left out
     * @param down shard time of it that was not connected
     */
    public record Cell(Duration watched, Duration down) {

        static final Cell UNWATCHED = new Cell(Duration.ZERO, Duration.ZERO);

        /** The share of the time that was connected, 0 to 100; empty when nothing was watched. */
        public OptionalDouble percent() {
            return watched.isZero()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(100.0 * (watched.toMillis() - down.toMillis()) / watched.toMillis());
        }

        Cell plus(Cell other) {
            return new Cell(watched.plus(other.watched), down.plus(other.down));
        }
    }
}
