package dev.gatewatch.simulator;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which numbered event was written to which connections, in order; the newest 100,000 events are kept.
 *
 * <p>Written means handed to the socket of a connection that was open: whether the client has read it, only its next RESUME or
 * heartbeat tells. Thread-safe.
 */
public final class Deliveries {

    private static final int CAPACITY = 100_000;

    private final SortedMap<Long, List<Long>> connectionsByEvent = new TreeMap<>();

    Deliveries() {}

    /** The numbers of the connections that an event was written to, oldest first; none when it never was. */
    public synchronized List<Long> of(long event) {
        return connectionsByEvent.getOrDefault(event, List.of());
    }

    synchronized void written(Payload payload, long connection) {
        NumberedEvents.numberOf(payload).ifPresent(event -> {
            connectionsByEvent.merge(event, List.of(connection), Deliveries::plus);
            if (connectionsByEvent.size() > CAPACITY) {
                connectionsByEvent.remove(connectionsByEvent.firstKey());
            }
        });
    }

    private static List<Long> plus(List<Long> before, List<Long> more) {
        return Stream.concat(before.stream(), more.stream()).toList();
    }
}
