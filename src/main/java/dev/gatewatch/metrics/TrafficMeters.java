package dev.gatewatch.metrics;

import dev.gatewatch.gateway.Traffic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what passes between us and Discord. */
@Singleton
public class TrafficMeters implements Traffic {

    private final MeterRegistry registry;
    private final Map<Integer, Map<String, Counter>> received = new ConcurrentHashMap<>();
    private final Map<String, Counter> requests = new ConcurrentHashMap<>();

    TrafficMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void received(int shard, String type) {
        received.computeIfAbsent(shard, id -> new ConcurrentHashMap<>())
                .computeIfAbsent(Labels.event(type), label -> event(shard, label))
                .increment();
    }

    @Override
    public void answered(int status) {
        request(Labels.status(status)).increment();
    }

    @Override
    public void unanswered() {
        request(Labels.NONE).increment();
    }

    private Counter request(String status) {
        return requests.computeIfAbsent(status, label -> Counter.builder("gatewatch.rest.requests")
                .description("Requests to Discord's REST API by HTTP status; none: there was no answer")
                .tag("status", label)
                .register(registry));
    }

    private Counter event(int shard, String type) {
        return Counter.builder("gatewatch.events.received")
                .description("Dispatches received, replayed ones included; other: not documented by Discord")
                .tags("shard", Integer.toString(shard), "type", type)
                .register(registry);
    }
}
