package dev.gatewatch.metrics;

import dev.gatewatch.connection.IdentifyBudget;
import dev.gatewatch.connection.Phase;
import dev.gatewatch.connection.ShardSnapshot;
import dev.gatewatch.status.StatusBoard;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the snapshot says at the moment of a scrape. A gauge appears when its value first becomes known, and is NaN whenever it is
 * not. Thread-safe.
 */
final class SnapshotGauges {

    private final MeterRegistry registry;
    private final StatusBoard board;
    private final Clock clock;
    private final Set<String> registered = ConcurrentHashMap.newKeySet();

    SnapshotGauges(MeterRegistry registry, StatusBoard board, Clock clock) {
        this.registry = registry;
        this.board = board;
        this.clock = clock;
    }

    /** The shard is there: one series for each phase, of which exactly one is 1. */
    void shard(int shard) {
        once("state " + shard, () -> {
            for (Phase phase : Phase.values()) {
                gauge(
                        "gatewatch.shard.state",
                        "1 for the state a shard is in, 0 for the others",
                        null,
                        of(shard).and("state", Labels.of(phase)),
                        () -> known(shard, value -> value.phase() == phase ? 1 : 0));
            }
        });
    }

    /** A heartbeat was acknowledged. */
    void acknowledged(int shard) {
        once(
                "ack " + shard,
                () -> gauge(
                        "gatewatch.last.ack.timestamp",
                        "When a heartbeat was last acknowledged, as Unix time",
                        "seconds",
                        of(shard),
                        () -> known(shard, value -> seconds(value.lastAck()))));
    }

    /** Guilds were counted. */
    void counted(int shard) {
        once("guilds " + shard, () -> {
            gauge("gatewatch.guilds", "Guilds of a shard", null, of(shard), () -> known(shard, ShardSnapshot::guilds));
            gauge(
                    "gatewatch.users",
                    "Sum of the member counts of a shard's guilds",
                    null,
                    of(shard),
                    () -> known(shard, ShardSnapshot::users));
        });
    }

    /** The budget became known; it is the bot's, over all shards and processes. */
    void budget() {
        once("budget", () -> {
            budget("limit", "IDENTIFYs that Discord allows a day", null, IdentifyBudget::total);
            budget("remaining", "IDENTIFYs that are left until the reset", null, IdentifyBudget::remaining);
            budget("reserve", "IDENTIFYs that are never spent", null, IdentifyBudget::reserve);
            budget(
                    "reset.timestamp",
                    "When all IDENTIFYs are there again, as Unix time",
                    "seconds",
                    budget -> seconds(budget.resetAt()));
            budget(
                    "exhaustion",
                    "How long until the reserve is reached if spending goes on as in the last hour; NaN if it will not be",
                    "seconds",
                    budget -> budget.exhaustion(clock.instant())
                            .map(SnapshotGauges::seconds)
                            .orElse(Double.NaN));
        });
    }

    private void budget(String name, String help, @Nullable String unit, ToDoubleFunction<IdentifyBudget> value) {
        gauge("gatewatch.identify.budget." + name, help, unit, Tags.empty(), () -> {
            IdentifyBudget budget = board.current().budget();
            return budget == null ? Double.NaN : value.applyAsDouble(budget.at(clock.instant()));
        });
    }

    private void gauge(String name, String help, @Nullable String unit, Tags tags, Supplier<Number> value) {
        Gauge.builder(name, value).description(help).baseUnit(unit).tags(tags).register(registry);
    }

    private Number known(int shard, Function<ShardSnapshot, Number> value) {
        ShardSnapshot known = board.current().shards().get(shard);
        return known == null ? Double.NaN : value.apply(known);
    }

    private void once(String what, Runnable registration) {
        if (registered.add(what)) {
            registration.run();
        }
    }

    private static Tags of(int shard) {
        return Tags.of("shard", Integer.toString(shard));
    }

    private static double seconds(@Nullable Instant at) {
        return at == null ? Double.NaN : at.toEpochMilli() / 1_000.0;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}
