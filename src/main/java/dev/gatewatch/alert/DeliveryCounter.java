package dev.gatewatch.alert;

import dev.gatewatch.alert.Delivery.Outcome;
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
            registry.counter(NAME, "target", target.name(), "outcome", outcome.word());
        }
    }

    void count(Target target, Outcome outcome) {
        registry.counter(NAME, "target", target.name(), "outcome", outcome.word())
                .increment();
    }
}
