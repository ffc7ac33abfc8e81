package dev.gatewatch.history;

import dev.gatewatch.history.Availability.Cell;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ObjIntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Works out an {@link Availability} by the same rules as {@link UptimeCalculation}. Pure. */
final class AvailabilityCalculation {

    private final List<Instant> edges;
    private final Instant now;
    private final Duration blip;
    private final List<Span> excluded;
    private final int[] incidents;

    private AvailabilityCalculation(List<Instant> edges, Instant now, Duration blip, List<Span> excluded) {
        this.edges = edges;
        this.now = now;
        this.blip = blip;
        this.excluded = excluded;
        incidents = new int[edges.size() - 1];
    }

    /** The availability between these edges, ascending and at least two, as far as it is known now. */
    static Availability of(
            List<Instant> edges,
            Instant now,
            Duration blip,
            List<ShardRecord> shards,
            List<Incident> losses,
            List<MaintenanceWindow> maintenance) {
        List<Span> excluded = Span.merged(maintenance.stream()
                .map(window -> new Span(window.from(), window.to()))
                .toList());
        return new AvailabilityCalculation(edges, now, blip, excluded).calculate(shards, losses, maintenance);
    }

    private Availability calculate(
            List<ShardRecord> shards, List<Incident> losses, List<MaintenanceWindow> maintenance) {
        Map<Integer, List<Incident>> lost = losses.stream().collect(Collectors.groupingBy(Incident::shard));
        SortedMap<Integer, List<Cell>> each = new TreeMap<>();
        for (ShardRecord shard : shards) {
            shard.watched(now)
                    .ifPresent(time -> each.put(shard.shard(), row(time, lost.getOrDefault(shard.shard(), List.of()))));
        }
        List<Cell> total = IntStream.range(0, incidents.length)
                .mapToObj(i -> each.values().stream().map(row -> row.get(i)).reduce(Cell.UNWATCHED, Cell::plus))
                .toList();
        return new Availability(
                List.copyOf(edges),
                total,
                Collections.unmodifiableSortedMap(each),
                IntStream.of(incidents).boxed().toList(),
                List.copyOf(maintenance));
    }

    private List<Cell> row(Span time, List<Incident> losses) {
        Cell[] row = new Cell[incidents.length];
        Arrays.fill(row, Cell.UNWATCHED);
        share(time, (watched, i) -> row[i] = new Cell(watched, Duration.ZERO));
        for (Incident loss : losses) {
            Instant end = Optional.ofNullable(loss.end()).orElse(now);
            boolean incident = loss.duration(now).compareTo(blip) >= 0;
            if (!end.isBefore(loss.start())) {
                new Span(loss.start(), end)
                        .within(time)
                        .ifPresent(away -> share(away, (down, i) -> {
                            row[i] = row[i].plus(new Cell(Duration.ZERO, down));
                            incidents[i] += incident ? 1 : 0;
                        }));
            }
        }
        return List.of(row);
    }

    /** Tells each stretch that the span touches how much of it that is, maintenance left out, when it is any. */
    private void share(Span span, ObjIntConsumer<Duration> stretch) {
        int found = Collections.binarySearch(edges, span.from());
        int first = Math.max(0, found >= 0 ? found : -found - 2);
        for (int i = first; i < incidents.length && edges.get(i).isBefore(span.to()); i++) {
            Duration share = new Span(edges.get(i), edges.get(i + 1))
                    .within(span)
                    .map(part -> part.without(excluded))
                    .orElse(Duration.ZERO);
            if (!share.isZero()) {
                stretch.accept(share, i);
            }
        }
    }
}
