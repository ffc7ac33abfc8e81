package dev.gatewatch.drill;

import dev.gatewatch.simulator.Journal.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a journal tells about one fault, from its strike on: fed with entries in order, used by one thread. */
final class Observation {

    private static final Set<String> CLIENT_LEFT = Set.of("client-closed", "client-left", "disconnected");
    private static final Set<String> SERVER_ENDED = Set.of("server-reset", "server-ended", "replaced");

    private final long victim;
    private final List<Entry> entries = new ArrayList<>();
    private boolean serverEnded;
    private boolean victimEnded;
    private @Nullable Entry left;
    private @Nullable Entry back;
    private int connects;

    /** @param victim the connection that was open when the fault struck */
    Observation(long victim) {
        this.victim = victim;
    }

    void see(Entry entry) {
        entries.add(entry);
        String event = entry.event();
        boolean ofVictim = Objects.equals(entry.connection(), victim);
        if (ofVictim) {
            serverEnded |= SERVER_ENDED.contains(event);
            victimEnded |= CLIENT_LEFT.contains(event) || serverEnded || event.equals("server-closed");
            if (left == null && CLIENT_LEFT.contains(event) && !serverEnded) {
                left = entry;
            }
        } else if (event.equals("connected")) {
            connects++;
            left = left == null ? entry : left;
        }
        if (event.equals("ready") || event.equals("resumed")) {
            back = entry;
        } else if (back != null && Objects.equals(entry.connection(), back.connection()) && isEnd(event)) {
            back = null;
        }
    }

    private static boolean isEnd(String event) {
        return CLIENT_LEFT.contains(event)
                || SERVER_ENDED.contains(event)
                || event.equals("server-closed")
                || event.equals("invalid-session");
    }

    /** The client's leaving, or the first sign of it. */
    @Nullable
    Entry left() {
        return left;
    }

    /** The READY or RESUMED of the connection that is open now; null when there is none, or no new one. */
    @Nullable
    Entry back() {
        return back;
    }

    boolean victimEnded() {
        return victimEnded;
    }

    /** Connections made since. */
    int connects() {
        return connects;
    }

    /** When this fault was ended, by us or by itself; null while it is on. */
    @Nullable
    Entry faultEnded(long fault) {
        return entries.stream()
                .filter(entry -> entry.event().equals("fault-ended")
                        && Objects.equals(entry.detail().get("id"), fault))
                .findFirst()
                .orElse(null);
    }

    /** When this fault struck. */
    Entry faultStarted(long fault) {
        return entries.stream()
                .filter(entry -> entry.event().equals("fault-started")
                        && Objects.equals(entry.detail().get("id"), fault))
                .findFirst()
                .orElseThrow();
    }
}
