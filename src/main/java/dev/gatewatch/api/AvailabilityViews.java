package dev.gatewatch.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatewatch.history.Availability;
import dev.gatewatch.history.Availability.Cell;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The JSON of {@code /history/availability}: columns instead of rows, since 64 shards over a week are many numbers. */
@RegisterForReflection(ignoreNested = false)
final class AvailabilityViews {

    private AvailabilityViews() {}

    /** The whole; every list but those of shards and maintenance has an element for each stretch of time. */
    record AvailabilityView(
            Instant from,
            Instant to,
            String step,
            String zone,
            List<Instant> times,
            @JsonProperty("uptime_percent") List<@Nullable Double> uptimePercent,
            @JsonProperty("watched_seconds") List<Double> watchedSeconds,
            @JsonProperty("downtime_seconds") List<Double> downtimeSeconds,
            List<Integer> incidents,
            List<ShardView> shards,
            List<HistoryViews.MaintenanceView> maintenance) {

        static AvailabilityView of(Availability availability, String step, String zone) {
            List<Instant> edges = availability.edges();
            int last = edges.size() - 1;
            return new AvailabilityView(
                    edges.get(0),
                    edges.get(last),
                    step,
                    zone,
                    edges.subList(0, last),
                    percents(availability.total()),
                    availability.total().stream()
                            .map(cell -> cell.watched().toMillis() / 1_000.0)
                            .toList(),
                    availability.total().stream()
                            .map(cell -> cell.down().toMillis() / 1_000.0)
                            .toList(),
                    availability.incidents(),
                    availability.shards().entrySet().stream()
                            .map(shard -> new ShardView(shard.getKey(), percents(shard.getValue())))
                            .toList(),
                    availability.maintenance().stream()
                            .map(HistoryViews.MaintenanceView::of)
                            .toList());
        }
    }

    /** One shard; null where it was not watched. */
    record ShardView(
            int shard, @JsonProperty("uptime_percent") List<@Nullable Double> uptimePercent) {}

    private static List<@Nullable Double> percents(List<Cell> cells) {
        List<@Nullable Double> percents = new ArrayList<>();
        cells.forEach(cell -> percents.add(rounded(cell.percent())));
        return percents;
    }

    private static @Nullable Double rounded(OptionalDouble percent) {
        return percent.isEmpty() ? null : Math.floor(percent.getAsDouble() * 1_000) / 1_000; // never up to 100
    }
}
