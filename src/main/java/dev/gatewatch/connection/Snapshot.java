package dev.gatewatch.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything known about all shards of this process at one moment; immutable, folded from {@link ConnectionEvent}s by
 * {@link SnapshotReducer}.
 *
 * <p>What is said of all shards together is the most pessimistic truth: the worst phase, the shortest uptime.
 *
 * @param shards by shard index, in its order
 * @param budget how many IDENTIFYs are left; null before it is known
 */
public record Snapshot(
        SortedMap<Integer, ShardSnapshot> shards, @Nullable IdentifyBudget budget) {

    /** Before the first event. */
    public static final Snapshot EMPTY = new Snapshot(new TreeMap<>(), null);

    public Snapshot {
        shards = Collections.unmodifiableSortedMap(new TreeMap<>(shards));
    }

    /** The shards in the order of their index. */
    public List<ShardSnapshot> list() {
        return List.copyOf(shards.values());
    }

    /** The worst phase of all shards; {@link Phase#STARTING} before the first event. */
    public Phase phase() {
        return stream().map(ShardSnapshot::phase).reduce(Phase::worse).orElse(Phase.STARTING);
    }

    /** The highest attempt number of all shards, 0 when all are connected. */
    public int attempts() {
        return stream().mapToInt(ShardSnapshot::attempts).max().orElse(0);
    }

    /** The shortest uptime of all shards; zero when one is not connected. */
    public Duration uptime(Instant now) {
        return stream().map(shard -> shard.uptime(now)).min(Duration::compareTo).orElse(Duration.ZERO);
    }

    /** How many errors all shards had within {@code window} before {@code now}. */
    public int recentErrors(Duration window, Instant now) {
        return stream().mapToInt(shard -> shard.errors().within(window, now)).sum();
    }

    /** When a READY or RESUMED last arrived. */
    public Optional<Instant> lastConnection() {
        return latest(ShardSnapshot::lastConnection, Function.identity());
    }

    /** What is planned next, the soonest of all shards'. */
    public Optional<ShardSnapshot.Next> next() {
        return stream()
                .map(ShardSnapshot::next)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .min(Comparator.comparing(ShardSnapshot.Next::due));
    }

    /** The latest error of all shards. */
    public Optional<ShardSnapshot.LastError> lastError() {
        return latest(ShardSnapshot::lastError, ShardSnapshot.LastError::at);
    }

    /** The mean of the shards' last heartbeat round trips; empty before the first. */
    public Optional<Duration> latency() {
        List<Duration> known =
                stream().map(ShardSnapshot::latency).filter(Objects::nonNull).toList();
        return known.stream().reduce(Duration::plus).map(sum -> sum.dividedBy(known.size()));
    }

    /** How many guilds all shards see together. */
    public int guilds() {
        return stream().mapToInt(ShardSnapshot::guilds).sum();
    }

    /** The member counts of all guilds together; a person in two guilds counts twice. */
    public long users() {
        return stream().mapToLong(ShardSnapshot::users).sum();
    }

    /** This snapshot with one shard replaced. */
    Snapshot with(ShardSnapshot shard) {
        SortedMap<Integer, ShardSnapshot> changed = new TreeMap<>(shards);
        changed.put(shard.shard(), shard);
        return new Snapshot(changed, budget);
    }

    /** This snapshot without one shard. */
    Snapshot without(int shard) {
        SortedMap<Integer, ShardSnapshot> changed = new TreeMap<>(shards);
        changed.remove(shard);
        return new Snapshot(changed, budget);
    }

    /** This snapshot with another budget. */
    Snapshot with(IdentifyBudget changed) {
        return new Snapshot(shards, changed);
    }

    private Stream<ShardSnapshot> stream() {
        return shards.values().stream();
    }

    private <T extends @Nullable Object> Optional<T> latest(
            Function<ShardSnapshot, @Nullable T> property, Function<T, Instant> time) {
        return stream()
                .map(property)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .max((a, b) -> time.apply(a).compareTo(time.apply(b)));
    }
}
