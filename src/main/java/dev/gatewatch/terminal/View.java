package dev.gatewatch.terminal;

import java.util.List;
import java.util.Locale;

/**
 * What the viewer chose. Immutable.
 *
 * @param words what events must contain, in lower case; empty for any
 * @param typing whether the words are being typed
 * @param scroll how many events are above the first one shown
 */
record View(EventFilter filter, String words, boolean typing, boolean help, int scroll) {

    static final View START = new View(EventFilter.ALL, "", false, false, 0);

    private static final int PAGE = 10;

    /**
     * After a key.
     *
     * @param text what the key types
     * @param events how many there are to scroll through
     */
    View pressed(Key key, String text, int events) {
        if (typing) {
            return typed(key, text);
        }
        return switch (key) {
            case HELP -> new View(filter, words, false, !help, scroll);
            case ESCAPE, ENTER -> help ? new View(filter, words, false, false, scroll) : START;
            case LEFT -> new View(filter.step(-1), words, false, help, 0);
            case RIGHT -> new View(filter.step(1), words, false, help, 0);
            case SEARCH -> new View(filter, "", true, false, 0);
            case UP -> scrolled(scroll - 1, events);
            case DOWN -> scrolled(scroll + 1, events);
            case PAGE_UP -> scrolled(scroll - PAGE, events);
            case PAGE_DOWN -> scrolled(scroll + PAGE, events);
            case HOME -> scrolled(0, events);
            case END -> scrolled(events, events);
            case QUIT, REFRESH, ERASE, OTHER -> this;
        };
    }

    /** The events to show, in order. */
    List<PastEvent> of(List<PastEvent> events) {
        return events.stream()
                .filter(filter::shows)
                .filter(event -> words.isEmpty() || text(event).contains(words))
                .toList();
    }

    private View typed(Key key, String text) {
        return switch (key) {
            case ESCAPE -> new View(filter, "", false, help, 0);
            case ENTER -> new View(filter, words, false, help, 0);
            case ERASE ->
                new View(filter, words.isEmpty() ? "" : words.substring(0, words.length() - 1), true, help, 0);
            case UP, DOWN, LEFT, RIGHT, PAGE_UP, PAGE_DOWN, HOME, END -> this;
            default ->
                text.isEmpty() || text.chars().anyMatch(Character::isISOControl)
                        ? this
                        : new View(filter, words + text.toLowerCase(Locale.ROOT), true, help, 0);
        };
    }

    private View scrolled(int to, int events) {
        return new View(filter, words, false, help, Math.max(0, Math.min(to, events - 1)));
    }

    private static String text(PastEvent event) {
        return (event.kind() + " " + event.cause() + " " + event.message() + " #" + event.shard())
                .toLowerCase(Locale.ROOT);
    }
}
