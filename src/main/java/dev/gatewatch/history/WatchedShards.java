package dev.gatewatch.history;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * The shards whose supervisors tell this process something. Thread-safe.
 *
 * <p>A pulse for any other shard would hide that it was not watched. Such a shard may be named by the journal of the process
 * before, or its start is still to be written.
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
