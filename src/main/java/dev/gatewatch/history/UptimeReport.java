package dev.gatewatch.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How available the bot was over one window of time.
 *
 * @param window its name, {@code 24h} for example
 * @param from its beginning, or that of the history if that is later
 * @param to its end
 * @param total the figures of all shards together
 * @param shards the figures of each shard, by index
 * @param byCause downtime by first failure
 * @param byVerdict downtime by who is to blame
 * @param maintenance the maintenance windows left out of it
 */
public record UptimeReport(
        String window,
        Instant from,
        Instant to,
        Figures total,
        Map<Integer, Figures> shards,
        Map<String, Duration> byCause,
        Map<Verdict.Blame, Duration> byVerdict,
        List<MaintenanceWindow> maintenance) {

    /**
     * The figures; maintenance is in none of them but its own.
     *
     * @param observed shard time that was watched
     * @param down shard time that was not connected
     * @param maintenance shard time left out as maintenance
     * @param incidents how many incidents touched the window, blips and maintenance left out
     * @param mttr mean time to recovery of those that are over; null when there is none
     * @param longest the longest of them; null when there is none
     */
    public record Figures(
            Duration observed,
            Duration down,
            Duration maintenance,
            int incidents,
            @Nullable Duration mttr,
            @Nullable Duration longest) {

        /** The share of the time that was connected, 0 to 100; empty when nothing was watched. */
        public OptionalDouble percent() {
            return observed.isZero()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(100.0 * (observed.toMillis() - down.toMillis()) / observed.toMillis());
        }

        /** Mean time between failures: connected time per incident; null when there was no incident. */
        public @Nullable Duration mtbf() {
            return incidents == 0 ? null : observed.minus(down).dividedBy(incidents);
        }
    }
}
