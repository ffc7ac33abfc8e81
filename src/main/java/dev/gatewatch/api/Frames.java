package dev.gatewatch.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatewatch.connection.Snapshot;
import dev.gatewatch.history.StoredEvent;
import dev.gatewatch.status.StatusBoard;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The events of the live stream as bytes, made when the first reader wants them and shared by the others: a flood of facts costs the
 * event loop the same for one reader as for a thousand.
 *
 * <p>Thread-safe. Two readers that come first at the same time may both make a frame.
 */
final class Frames {

    /** About a megabyte of facts. */
    private static final int FACTS_KEPT = 1_024;

    private final StatusBoard board;
    private final CurrentStatus status;
    private final ObjectMapper json;
    private final long statusNanos;
    private final Map<String, Buffer> facts = new LinkedHashMap<>();

    private volatile @Nullable Status last;

    /**
     * @param freshness how long a status may be handed out although no fact has changed it; its readings go by the clock
     */
    Frames(StatusBoard board, CurrentStatus status, ObjectMapper json, Duration freshness) {
        this.board = board;
        this.status = status;
        this.json = json;
        statusNanos = freshness.toNanos();
    }

    /** The status now. */
    @SuppressWarnings("ReferenceEquality") // each change makes another snapshot
    Buffer status() {
        Snapshot snapshot = board.current();
        long now = System.nanoTime();
        Status known = last;
        if (known == null || known.snapshot != snapshot || now - known.nanos > statusNanos) {
            known = new Status(snapshot, now, Sse.event("status", null, text(status.view())));
            last = known;
        }
        return known.frame;
    }

    /** A fact, exactly as the history lists it. */
    Buffer fact(StoredEvent fact) {
        synchronized (facts) {
            Buffer known = facts.get(fact.id());
            if (known != null) {
                return known;
            }
        }
        Buffer made = Sse.event("fact", fact.id(), text(HistoryViews.EventView.of(fact)));
        synchronized (facts) {
            if (facts.put(fact.id(), made) == null && facts.size() > FACTS_KEPT) {
                facts.remove(facts.keySet().iterator().next());
            }
        }
        return made;
    }

    /** Says that facts may be missing, and why; what follows is behind this id. */
    Buffer gap(String id, String message) {
        return Sse.event("gap", id, text(new Gap(message)));
    }

    private String text(Object view) {
        try {
            return json.writeValueAsString(view);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A view of ours cannot be written as JSON", e);
        }
    }

    /** A status with what it was made of, and when. */
    private record Status(Snapshot snapshot, long nanos, Buffer frame) {}

    /** Why facts may be missing. */
    @RegisterForReflection // for Jackson in a native image
    private record Gap(String message) {}
}
