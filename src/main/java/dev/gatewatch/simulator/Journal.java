package dev.gatewatch.simulator;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened, in order, with times to measure from; the newest 20,000 entries are kept.
 *
 * <p>Thread-safe.
 */
public final class Journal {

    private static final int CAPACITY = 20_000;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private long last;

    Journal() {}

    /**
     * One thing that happened.
     *
     * @param id counts from 1
     * @param at epoch milliseconds
     * @param event what: {@code connected}, {@code hello}, {@code identify}, {@code ready}, {@code resume}, {@code replay},
     *     {@code resumed}, {@code invalid-session}, {@code reconnect-requested}; the end of a connection as {@code
     *     client-closed}, {@code client-left} (it closed into a black hole), {@code server-closed}, {@code server-ended},
     *     {@code server-reset}, {@code replaced} and, for each, {@code disconnected}; {@code session-ended}; {@code
     *     fault-started}, {@code fault-ended}, {@code scenario-started}; {@code listening}, {@code refusing}, {@code
     *     tls-failed}, {@code state-not-saved}. HELLO, READY and RESUMED are noted when they are sent, not when they are due
     * @param connection the connection's number, null when it is not about one
     * @param shard the shard, null while it is not known
     * @param session the session's id, null while there is none
     * @param detail what else there is to know: close code, sequence, fault …
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(
            long id,
            long at,
            String event,
            @Nullable Long connection,
            @Nullable Integer shard,
            @Nullable String session,
            Map<String, Object> detail) {}

    synchronized void add(String event, Map<String, ?> detail) {
        append(event, null, null, null, detail);
    }

    synchronized void add(
            String event, long connection, @Nullable Integer shard, @Nullable String session, Map<String, ?> detail) {
        append(event, connection, shard, session, detail);
    }

    /** Everything that is kept, oldest first. */
    public List<Entry> entries() {
        return since(0);
    }

    /** The entries with a greater id. */
    public synchronized List<Entry> since(long id) {
        return entries.stream().filter(entry -> entry.id() > id).toList();
    }

    private void append(
            String event,
            @Nullable Long connection,
            @Nullable Integer shard,
            @Nullable String session,
            Map<String, ?> detail) {
        entries.addLast(
                new Entry(++last, System.currentTimeMillis(), event, connection, shard, session, Map.copyOf(detail)));
        if (entries.size() > CAPACITY) {
            entries.removeFirst();
        }
    }
}
