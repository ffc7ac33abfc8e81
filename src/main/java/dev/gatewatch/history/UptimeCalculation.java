package dev.gatewatch.history;

import dev.gatewatch.history.UptimeReport.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Works out an {@link UptimeReport}, one loss after the other, none of which it keeps.
 *
 * <p>A shard is watched from its first fact on, for as long as it is heard of. A gap in which Gatewatch did not run is downtime. A
 * time in which other shards were run and this one was not is left out. Blips count as downtime, yet not as incidents.
 */
final class UptimeCalculation {

    private final String name;
    private final Span window;
    private final Duration blip;
    private final List<MaintenanceWindow> maintenance;
    private final List<Span> excluded;
    private final SortedMap<Integer, Tally> shards = new TreeMap<>();
    private final Map<String, Duration> byCause = new TreeMap<>();
    private final Map<Verdict.Blame, Duration> byVerdict = new EnumMap<>(Verdict.Blame.class);
    private final Tally total = new Tally(List.of());

    /** Begins with a window that ends now. */
    UptimeCalculation(
            String name,
            Duration length,
            Instant now,
            Duration blip,
            List<ShardRecord> shards,
            List<MaintenanceWindow> maintenance) {
        this.name = name;
        this.blip = blip;
        Instant begin = shards.stream()
                .map(ShardRecord::firstSeen)
                .min(Instant::compareTo)
                .orElse(now);
        window = new Span(later(now.minus(length), begin.isAfter(now) ? now : begin), now);
        this.maintenance = maintenance.stream()
                .filter(one -> new Span(one.from(), one.to()).within(window).isPresent())
                .toList();
        excluded = Span.merged(this.maintenance.stream()
                .map(one -> new Span(one.from(), one.to()))
                .toList());
        shards.forEach(this::watch);
    }

    /** Counts a loss. */
    void count(Incident loss) {
        Tally tally = shards.get(loss.shard());
        Instant end = Optional.ofNullable(loss.end()).orElse(window.to());
        if (tally == null || end.isBefore(loss.start())) {
            return;
        }
        Span away = new Span(loss.start(), end);
        Duration down = tally.times.stream()
                .flatMap(time -> away.within(time).stream())
                .map(part -> part.without(excluded))
                .reduce(Duration.ZERO, Duration::plus);
        if (down.isZero()) {
            return;
        }
        boolean incident = loss.duration(window.to()).compareTo(blip) >= 0;
        Duration whole = incident && !loss.isOpen() ? away.without(excluded) : null;
        tally.lose(down, incident, whole);
        total.lose(down, incident, whole);
        byCause.merge(loss.cause(), down, Duration::plus);
        byVerdict.merge(loss.verdict().blame(), down, Duration::plus);
    }

    /** The report on what was counted. */
    UptimeReport report() {
        Map<Integer, Figures> each = new TreeMap<>();
        shards.forEach((shard, tally) -> each.put(shard, tally.figures()));
        return new UptimeReport(
                name, window.from(), window.to(), total.figures(), each, byCause, byVerdict, maintenance);
    }

    private void watch(ShardRecord shard) {
        List<Span> times = shard.watched(window.to()).stream()
                .flatMap(time -> time.within(window).stream())
                .toList();
        if (!times.isEmpty()) {
            Tally tally = new Tally(times);
            times.forEach(tally::watch);
            times.forEach(total::watch);
            shards.put(shard.shard(), tally);
        }
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    /** Adds up. */
    private final class Tally {

        private final List<Span> times;
        private Duration observed = Duration.ZERO;
        private Duration left = Duration.ZERO;
        private Duration down = Duration.ZERO;
        private int incidents;
        private int repairs;
        private Duration repairing = Duration.ZERO;
        private @Nullable Duration longest;

        /** @param times when the shard was watched */
        Tally(List<Span> times) {
            this.times = times;
        }

        void watch(Span time) {
            Duration counted = time.without(excluded);
            observed = observed.plus(counted);
            left = left.plus(time.length().minus(counted));
        }

        void lose(Duration time, boolean incident, @Nullable Duration repair) {
            down = down.plus(time);
            incidents += incident ? 1 : 0;
            if (repair != null) {
                repairs++;
                repairing = repairing.plus(repair);
                longest = longest == null || repair.compareTo(longest) > 0 ? repair : longest;
            }
        }

        Figures figures() {
            Duration mean = repairs == 0 ? null : repairing.dividedBy(repairs);
            return new Figures(observed, down, left, incidents, mean, longest);
        }
    }
}
