package dev.gatewatch.metrics;

import dev.gatewatch.history.HistoryFigures;
import dev.gatewatch.history.HistoryService;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.function.ToDoubleFunction;

/** How the writing of the history does; absent when no history is kept. */
@Singleton
public class HistoryMeters {

    private static final String PREFIX = "gatewatch.history.";

    private final MeterRegistry registry;
    private final HistoryService history;

    HistoryMeters(MeterRegistry registry, HistoryService history) {
        this.registry = registry;
        this.history = history;
    }

    /** After the history's own start, which has the highest priority. */
    void start(@Observes StartupEvent event) {
        if (history.figures().isEmpty()) {
            return;
        }
        counter("writes", "Entries written to the database", HistoryFigures::written);
        counter(
                "write.failures",
                "How often the database did not take entries, retries included",
                HistoryFigures::failures);
        counter("journal.writes", "Entries that went to the journal instead", HistoryFigures::journalled);
        counter("refused", "Entries that the database will never take, put aside", HistoryFigures::refused);
        counter("lost", "Entries that neither the database nor the journal took", HistoryFigures::lost);
        gauge("buffer.entries", "Entries that wait in memory to be written", HistoryFigures::waiting);
        gauge("buffer.capacity", "Entries that may wait in memory", HistoryFigures::capacity);
        gauge("up", "1 while the database takes entries, else 0", figures -> figures.healthy() ? 1 : 0);
    }

    private void counter(String name, String help, ToDoubleFunction<HistoryFigures> value) {
        FunctionCounter.builder(PREFIX + name, history, service -> read(service, value))
                .description(help)
                .register(registry);
    }

    private void gauge(String name, String help, ToDoubleFunction<HistoryFigures> value) {
        Gauge.builder(PREFIX + name, history, service -> read(service, value))
                .description(help)
                .register(registry);
    }

    private static double read(HistoryService history, ToDoubleFunction<HistoryFigures> value) {
        return history.figures().map(figures -> value.applyAsDouble(figures)).orElse(Double.NaN);
    }
}
