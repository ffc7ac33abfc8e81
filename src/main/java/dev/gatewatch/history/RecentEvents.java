package dev.gatewatch.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The latest events in memory, in the order of their ids, bounded. Thread-safe; never blocks for long. */
final class RecentEvents {

    private final int capacity;
    private final Deque<StoredEvent> events = new ArrayDeque<>();
    private String floor;

    /** Remembers at most so many events, all of them with ids above {@code floor}. */
    RecentEvents(int capacity, String floor) {
        this.capacity = capacity;
        this.floor = floor;
    }

    /** Adds an event with a higher id than those before; the oldest gives way. */
    synchronized void add(StoredEvent event) {
        if (events.size() == capacity) {
            floor = events.removeFirst().id();
        }
        events.addLast(event);
    }

    /** Everything above this id is remembered; what is at or below it may be in the database. */
    synchronized String floor() {
        return floor;
    }

    /**
     * The next events above an id, at most so many.
     *
     * @param known up to where the reader knows the past; when that is below the floor, events may be missing, and nothing is given
     */
    synchronized Optional<List<StoredEvent>> after(String id, String known, int limit) {
        if (known.compareTo(floor) < 0) {
            return Optional.empty();
        }
        List<StoredEvent> found = new ArrayList<>();
        for (Iterator<StoredEvent> newest = events.descendingIterator(); newest.hasNext(); ) {
            StoredEvent event = newest.next();
            if (event.id().compareTo(id) <= 0) {
                break;
            }
            found.add(event);
        }
        Collections.reverse(found);
        return Optional.of(found.size() <= limit ? found : List.copyOf(found.subList(0, limit)));
    }
}
