package dev.gatewatch.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What waits in memory to be written, bounded. Never blocks for long; thread-safe. */
final class EntryBuffer {

    private final int capacity;
    private final Deque<HistoryEntry> entries = new ArrayDeque<>();
    private long lost;

    EntryBuffer(int capacity) {
        this.capacity = capacity;
    }

    /** Adds an entry, unless it is full; tells whether it did. */
    synchronized boolean offer(HistoryEntry entry) {
        if (entries.size() >= capacity) {
            lost++;
            return false;
        }
        return entries.add(entry);
    }

    /** The oldest entries, at most so many; they stay until {@link #remove}. */
    synchronized List<HistoryEntry> peek(int limit) {
        List<HistoryEntry> oldest = new ArrayList<>();
        for (HistoryEntry entry : entries) {
            if (oldest.size() == limit) {
                break;
            }
            oldest.add(entry);
        }
        return oldest;
    }

    /** Removes the oldest entries, now that they are safe. */
    synchronized void remove(int count) {
        for (int i = 0; i < count; i++) {
            entries.removeFirst();
        }
    }

    /** How many wait. */
    synchronized int size() {
        return entries.size();
    }

    /** How many found it full and are lost. */
    synchronized long lost() {
        return lost;
    }
}
