package dev.gatewatch.connection;

import java.time.Instant;
import java.util.Set;

/**
 * The scheduled monitor has looked at the connection; told to whoever listens, within the process.
 *
 * @param at when
 * @param doubted the shards that are said to be connected, but whose sockets no longer answer
 */
public record MonitorLooked(Instant at, Set<Integer> doubted) {

    public MonitorLooked {
        doubted = Set.copyOf(doubted);
    }
}
