package dev.gatewatch.history;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * The shards whose supervisors tell this process something. Thread-safe.
 *
 * <p>A pulse for any other shard would hide that it was not watched: the journal of the process before may name one,
 * or its start may still be unwritten.
 */
final class WatchedShards {

    private final Set<Integer> shards = new ConcurrentSkipListSet<>();

    /** Takes note of entries that this process has written. */
    void note(List<HistoryEntry> written) {
        for (HistoryEntry entry : written) {
            if (entry instanceof StoredEvent event && event.kind() == EventKind.RETIRED) {
                shards.remove(event.shard());
            } else if (entry instanceof StoredEvent event && event.kind().isFromSupervisor()) {
                shards.add(event.shard());
            }
        }
    }

    Set<Integer> now() {
        return shards;
    }
}
