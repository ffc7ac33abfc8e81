package dev.gatewatch.gateway;

import dev.gatewatch.connection.ConnectionEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Which shards this process runs, over all fleets; tells which of them leave. Thread-safe. */
final class ShardRoster {

    private final ConnectionEvents events;
    private final Supplier<Instant> clock;
    private final Set<Integer> present = new TreeSet<>();

    ShardRoster(ConnectionEvents events, Supplier<Instant> clock) {
        this.events = events;
        this.clock = clock;
    }

    /** These shards and no others are run from now on. */
    synchronized void become(Collection<Integer> shards) {
        present.stream()
                .filter(shard -> !shards.contains(shard))
                .forEach(gone -> events.publish(new ConnectionEvent.Retired(gone, clock.get())));
        present.clear();
        present.addAll(shards);
    }
}
