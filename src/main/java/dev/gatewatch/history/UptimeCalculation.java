package dev.gatewatch.history;

import dev.gatewatch.history.UptimeReport.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Works out an {@link UptimeReport}. Pure.
 *
 * <p>A shard is watched from its first fact on, for as long as it is heard of. A gap in which Gatewatch did not run is downtime.
 * Blips count as downtime, yet not as incidents.
 */
final class UptimeCalculation {

    private final Span window;
    private final Duration blip;
    private final List<MaintenanceWindow> maintenance;
    private final List<Span> excluded;
    private final Map<String, Duration> byCause = new TreeMap<>();
    private final Map<Verdict.Blame, Duration> byVerdict = new EnumMap<>(Verdict.Blame.class);
    private final Tally total = new Tally();

    private UptimeCalculation(Span window, Duration blip, List<MaintenanceWindow> maintenance) {
        this.window = window;
        this.blip = blip;
        this.maintenance = maintenance.stream()
                .filter(one -> new Span(one.from(), one.to()).within(window).isPresent())
                .toList();
        excluded = Span.merged(this.maintenance.stream()
                .map(one -> new Span(one.from(), one.to()))
                .toList());
    }

    /** The report on the window that ends now. */
    static UptimeReport report(
            String name,
            Duration length,
            Instant now,
            Duration blip,
            List<ShardRecord> shards,
            List<Incident> losses,
            List<MaintenanceWindow> maintenance) {
        Instant begin = shards.stream()
                .map(ShardRecord::firstSeen)
                .min(Instant::compareTo)
                .orElse(now);
        Span window = new Span(later(now.minus(length), begin.isAfter(now) ? now : begin), now);
        return new UptimeCalculation(window, blip, maintenance).report(name, shards, losses);
    }

    private UptimeReport report(String name, List<ShardRecord> shards, List<Incident> losses) {
        Map<Integer, List<Incident>> lost = losses.stream().collect(Collectors.groupingBy(Incident::shard));
        Map<Integer, Figures> each = new TreeMap<>();
        for (ShardRecord shard : shards) {
            shard.watched(window.to()).flatMap(time -> time.within(window)).ifPresent(time -> {
                Tally tally = new Tally();
                tally.watch(time);
                total.watch(time);
                lost.getOrDefault(shard.shard(), List.of()).forEach(loss -> count(loss, time, tally));
                each.put(shard.shard(), tally.figures());
            });
        }
        return new UptimeReport(
                name, window.from(), window.to(), total.figures(), each, byCause, byVerdict, maintenance);
    }

    private void count(Incident loss, Span time, Tally tally) {
        Instant end = Optional.ofNullable(loss.end()).orElse(window.to());
        Optional<Span> share = end.isBefore(loss.start()) ? Optional.empty() : new Span(loss.start(), end).within(time);
        Duration down = share.map(span -> span.without(excluded)).orElse(Duration.ZERO);
        if (down.isZero()) {
            return;
        }
        boolean incident = loss.duration(window.to()).compareTo(blip) >= 0;
        Duration whole = incident && !loss.isOpen() ? new Span(loss.start(), end).without(excluded) : null;
        tally.lose(down, incident, whole);
        total.lose(down, incident, whole);
        byCause.merge(loss.cause(), down, Duration::plus);
        byVerdict.merge(loss.verdict().blame(), down, Duration::plus);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    /** Adds up. */
    private final class Tally {

        private Duration observed = Duration.ZERO;
        private Duration left = Duration.ZERO;
        private Duration down = Duration.ZERO;
        private int incidents;
        private final List<Duration> repairs = new ArrayList<>();

        void watch(Span time) {
            Duration counted = time.without(excluded);
            observed = observed.plus(counted);
            left = left.plus(time.length().minus(counted));
        }

        void lose(Duration time, boolean incident, @Nullable Duration repair) {
            down = down.plus(time);
            incidents += incident ? 1 : 0;
            if (repair != null) {
                repairs.add(repair);
            }
        }

        Figures figures() {
            Duration mean = repairs.stream()
                    .reduce(Duration::plus)
                    .map(sum -> sum.dividedBy(repairs.size()))
                    .orElse(null);
            return new Figures(
                    observed,
                    down,
                    left,
                    incidents,
                    mean,
                    repairs.stream().max(Duration::compareTo).orElse(null));
        }
    }
}
