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

    /** See [Discord Docs/Gateway Events/Request Guild Members]. */
    private static final int REQUEST_GUILD_MEMBERS = 8;

    private final MeterRegistry registry;
    private final Map<Integer, Map<String, Counter>> received = new ConcurrentHashMap<>();
    private final Map<String, Counter> requests = new ConcurrentHashMap<>();

    TrafficMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void received(int shard, String type) {
        received.computeIfAbsent(shard, this::begin)
                .computeIfAbsent(Labels.event(type), label -> event(shard, label))
                .increment();
    }

    @Override
    public void rateLimited(int shard, int opcode) {
        rateLimit(shard, opcode).increment();
    }

    @Override
    public void answered(int status) {
        request(Labels.status(status)).increment();
    }

    @Override
    public void unanswered() {
        request(Labels.NONE).increment();
    }

    /** The counter of the one opcode that is limited so far is there from the beginning, at 0. */
    private Map<String, Counter> begin(int shard) {
        rateLimit(shard, REQUEST_GUILD_MEMBERS);
        return new ConcurrentHashMap<>();
    }

    private Counter rateLimit(int shard, int opcode) {
        return Counter.builder("gatewatch.rate.limits")
                .description(
                        "RATE_LIMITED received: Discord refused payloads, since too many of their opcode were sent")
                .tags("shard", Integer.toString(shard), "opcode", Labels.opcode(opcode))
                .register(registry);
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
