package dev.gatewatch.simulator;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
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
     * @param nanos {@link System#nanoTime()}, to measure between entries; not in the JSON
     * @param event what: {@code connected}, {@code hello}, {@code identify}, {@code ready}, {@code resume}, {@code replay},
     *     {@code resumed}, {@code invalid-session}, {@code reconnect-requested}; the end of a connection as {@code
     *     client-closed}, {@code client-left} (it closed into a black hole), {@code server-closed}, {@code server-ended},
     *     {@code server-reset}, {@code replaced} and, for each, {@code disconnected}; {@code session-ended}; {@code
     *     fault-started}, {@code fault-ended}, {@code scenario-started}; {@code listening}, {@code refusing}, {@code ignoring}, {@code
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
            @JsonIgnore long nanos,
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

    /** The entries with a greater id, as soon as there is one; none when so long nothing happens. */
    public synchronized List<Entry> await(long id, Duration most) throws InterruptedException {
        long deadline = System.nanoTime() + most.toNanos();
        for (long left = most.toMillis(); last <= id && left > 0; ) {
            wait(left);
            left = (deadline - System.nanoTime() + 999_999) / 1_000_000;
        }
        return since(id);
    }

    /** The newest entry's id, 0 when there is none. */
    public synchronized long last() {
        return last;
    }

    private synchronized void append(
            String event,
            @Nullable Long connection,
            @Nullable Integer shard,
            @Nullable String session,
            Map<String, ?> detail) {
        entries.addLast(new Entry(
                ++last,
                System.currentTimeMillis(),
                System.nanoTime(),
                event,
                connection,
                shard,
                session,
                Map.copyOf(detail)));
        if (entries.size() > CAPACITY) {
            entries.removeFirst();
        }
        notifyAll();
    }
}
