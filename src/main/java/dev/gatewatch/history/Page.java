package dev.gatewatch.history;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param items the rows, newest first
 * @param next where the next page begins, after this position; null on the last page
 */
public record Page<T>(List<T> items, @Nullable Position next) {

    /** Cuts a page out of rows of which one more was read than fits. */
    static <T> Page<T> of(List<T> rows, int limit, Function<T, Position> position) {
        if (rows.size() <= limit) {
            return new Page<>(List.copyOf(rows), null);
        }
        return new Page<>(List.copyOf(rows.subList(0, limit)), position.apply(rows.get(limit - 1)));
    }
}
