package dev.gatewatch.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules that clients broke, oldest first; the first 5,000 are kept. Thread-safe. */
final class Violations {

    private static final int CAPACITY = 5_000;

    private final Deque<Violation> violations = new ArrayDeque<>();

    /** Notes a broken rule; {@code source} is the section of the Discord docs that states it. */
    synchronized void add(String rule, String detail, String source, @Nullable Long connection) {
        if (violations.size() < CAPACITY) {
            violations.add(
                    new Violation(System.currentTimeMillis(), rule, detail, "Discord Docs/" + source, connection));
        }
    }

    synchronized List<Violation> list() {
        return List.copyOf(violations);
    }
}
