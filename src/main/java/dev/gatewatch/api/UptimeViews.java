package dev.gatewatch.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatewatch.history.UptimeReport;
import dev.gatewatch.history.UptimeReport.Figures;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The JSON of {@code /history/uptime}. */
@RegisterForReflection(ignoreNested = false)
final class UptimeViews {

    private UptimeViews() {}

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }

    private static @Nullable Double rounded(OptionalDouble percent) {
        return percent.isEmpty() ? null : Math.floor(percent.getAsDouble() * 10_000) / 10_000; // never up to 100
    }

    /** Every window. */
    record UptimeView(List<WindowView> windows) {}

    /** One window. */
    record WindowView(
            String window,
            Instant from,
            Instant to,
            FiguresView total,
            List<ShardView> shards,
            @JsonProperty("downtime_by_cause") Map<String, Double> byCause,
            @JsonProperty("downtime_by_verdict") Map<String, Double> byVerdict,
            List<HistoryViews.MaintenanceView> maintenance) {

        static WindowView of(UptimeReport report) {
            Map<String, Double> causes = new TreeMap<>();
            report.byCause().forEach((cause, down) -> causes.put(HistoryViews.word(cause), seconds(down)));
            Map<String, Double> verdicts = new TreeMap<>();
            report.byVerdict().forEach((blame, down) -> verdicts.put(HistoryViews.word(blame.name()), seconds(down)));
            return new WindowView(
                    report.window(),
                    report.from(),
                    report.to(),
                    FiguresView.of(report.total()),
                    report.shards().entrySet().stream()
                            .map(shard -> new ShardView(shard.getKey(), FiguresView.of(shard.getValue())))
                            .toList(),
                    causes,
                    verdicts,
                    report.maintenance().stream()
                            .map(HistoryViews.MaintenanceView::of)
                            .toList());
        }
    }

    /** One shard. */
    record ShardView(int shard, FiguresView figures) {}

    /** The figures; times in seconds. */
    record FiguresView(
            @JsonProperty("uptime_percent") @Nullable Double uptimePercent,
            @JsonProperty("watched_seconds") double watchedSeconds,
            @JsonProperty("downtime_seconds") double downtimeSeconds,
            @JsonProperty("maintenance_seconds") double maintenanceSeconds,
            int incidents,
            @JsonProperty("mttr_seconds") @Nullable Double mttrSeconds,
            @JsonProperty("mtbf_seconds") @Nullable Double mtbfSeconds,

            @JsonProperty("longest_outage_seconds") @Nullable
            Double longestSeconds) {

        static FiguresView of(Figures figures) {
            return new FiguresView(
                    rounded(figures.percent()),
                    seconds(figures.observed()),
                    seconds(figures.down()),
                    seconds(figures.maintenance()),
                    figures.incidents(),
                    Optional.ofNullable(figures.mttr())
                            .map(UptimeViews::seconds)
                            .orElse(null),
                    Optional.ofNullable(figures.mtbf())
                            .map(UptimeViews::seconds)
                            .orElse(null),
                    Optional.ofNullable(figures.longest())
                            .map(UptimeViews::seconds)
                            .orElse(null));
        }
    }
}
