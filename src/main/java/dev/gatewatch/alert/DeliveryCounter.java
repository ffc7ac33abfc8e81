package dev.gatewatch.alert;

import dev.gatewatch.alert.Delivery.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts attempts to deliver, by target and outcome: {@code gatewatch.alert.deliveries}. */
final class DeliveryCounter {

    static final String NAME = "gatewatch.alert.deliveries";

    private final MeterRegistry registry;

    DeliveryCounter(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Begins at zero, so that the first failure shows as a rise. */
    void expect(Target target) {
        for (Outcome outcome : Outcome.values()) {
            counter(target, outcome);
        }
    }

    void count(Target target, Outcome outcome) {
        counter(target, outcome).increment();
    }

    private Counter counter(Target target, Outcome outcome) {
        return Counter.builder(NAME)
                .description("Attempts to deliver an alert, by target and how they ended")
                .tags("target", target.name(), "outcome", outcome.word())
                .register(registry);
    }
}
