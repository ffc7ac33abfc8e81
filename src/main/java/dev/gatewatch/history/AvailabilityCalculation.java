package dev.gatewatch.history;

import dev.gatewatch.history.Availability.Cell;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;

/** Works out an {@link Availability} by the same rules as {@link UptimeCalculation}, one loss after the other, none of which it keeps. */
final class AvailabilityCalculation {

    private final List<Instant> edges;
    private final Instant now;
    private final Duration blip;
    private final List<MaintenanceWindow> maintenance;
    private final List<Span> excluded;
    private final SortedMap<Integer, Row> rows = new TreeMap<>();
    private final int[] incidents;

    /** Begins with stretches between these edges, ascending and at least two, as far as they are known now. */
    AvailabilityCalculation(
            List<Instant> edges,
            Instant now,
            Duration blip,
            List<ShardRecord> shards,
            List<MaintenanceWindow> maintenance) {
        this.edges = List.copyOf(edges);
        this.now = now;
        this.blip = blip;
        this.maintenance = List.copyOf(maintenance);
        excluded = Span.merged(maintenance.stream()
                .map(window -> new Span(window.from(), window.to()))
                .toList());
        incidents = new int[edges.size() - 1];
        shards.forEach(this::watch);
    }

    /** Counts a loss. */
    void count(Incident loss) {
        Row row = rows.get(loss.shard());
        Instant end = Optional.ofNullable(loss.end()).orElse(now);
        if (row == null || end.isBefore(loss.start())) {
            return;
        }
        boolean incident = loss.duration(now).compareTo(blip) >= 0;
        for (Span time : row.times) {
            new Span(loss.start(), end)
                    .within(time)
                    .ifPresent(away -> share(away, (down, i) -> {
                        row.add(i, new Cell(Duration.ZERO, down));
                        incidents[i] += incident ? 1 : 0;
                    }));
        }
    }

    /** What was counted. */
    Availability availability() {
        SortedMap<Integer, List<Cell>> each = new TreeMap<>();
        rows.forEach((shard, row) -> each.put(shard, List.of(row.cells)));
        List<Cell> total = IntStream.range(0, incidents.length)
                .mapToObj(i -> each.values().stream().map(row -> row.get(i)).reduce(Cell.UNWATCHED, Cell::plus))
                .toList();
        return new Availability(
                edges,
                total,
                Collections.unmodifiableSortedMap(each),
                IntStream.of(incidents).boxed().toList(),
                maintenance);
    }

    /** A shard that was not watched between the edges at all has no row. */
    private void watch(ShardRecord shard) {
        Span whole = new Span(edges.get(0), edges.get(incidents.length));
        List<Span> times = shard.watched(now).stream()
                .flatMap(time -> time.within(whole).stream())
                .toList();
        if (!times.isEmpty()) {
            Row row = new Row(times, incidents.length);
            times.forEach(time -> share(time, (watched, i) -> row.add(i, new Cell(watched, Duration.ZERO))));
            rows.put(shard.shard(), row);
        }
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

    /** One shard's cells. */
    private static final class Row {

        private final List<Span> times;
        private final Cell[] cells;

        Row(List<Span> times, int length) {
            this.times = times;
            cells = new Cell[length];
            Arrays.fill(cells, Cell.UNWATCHED);
        }

        void add(int i, Cell more) {
            cells[i] = cells[i].plus(more);
        }
    }
}
