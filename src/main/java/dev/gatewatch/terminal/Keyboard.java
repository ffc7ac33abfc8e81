package dev.gatewatch.terminal;

import java.util.function.BiConsumer;
import org.jline.keymap.BindingReader;
import org.jline.keymap.KeyMap;
import org.jline.terminal.Terminal;

/** Reads keys until the terminal has no more. One thread of its own runs it. */
final class Keyboard implements Runnable {

    private static final String ESC = "\033";

    /** How long after Esc the rest of an arrow key may come, in milliseconds. */
    private static final long AMBIGUOUS = 150;

    private final Terminal terminal;
    private final BiConsumer<Key, String> pressed;

    Keyboard(Terminal terminal, BiConsumer<Key, String> pressed) {
        this.terminal = terminal;
        this.pressed = pressed;
    }

    @Override
    public void run() {
        BindingReader reader = new BindingReader(terminal.reader());
        KeyMap<Key> keys = keys();
        Key key = reader.readBinding(keys);
        while (key != null) {
            String typed = reader.getLastBinding();
            pressed.accept(key, typed == null ? "" : typed);
            key = reader.readBinding(keys);
        }
        pressed.accept(Key.QUIT, ""); // the terminal is gone
    }

    /** Cursor keys as terminals send them in both of their modes. */
    private static KeyMap<Key> keys() {
        KeyMap<Key> keys = new KeyMap<>();
        keys.setAmbiguousTimeout(AMBIGUOUS);
        keys.setUnicode(Key.OTHER);
        keys.setNomatch(Key.OTHER);
        keys.bind(Key.QUIT, "q", "Q");
        keys.bind(Key.HELP, "?", "h");
        keys.bind(Key.REFRESH, "r", "R");
        keys.bind(Key.SEARCH, "/");
        keys.bind(Key.ESCAPE, ESC);
        keys.bind(Key.ENTER, "\r", "\n");
        keys.bind(Key.ERASE, "\b", "\177");
        keys.bind(Key.UP, ESC + "[A", ESC + "OA", "k");
        keys.bind(Key.DOWN, ESC + "[B", ESC + "OB", "j");
        keys.bind(Key.RIGHT, ESC + "[C", ESC + "OC");
        keys.bind(Key.LEFT, ESC + "[D", ESC + "OD");
        keys.bind(Key.PAGE_UP, ESC + "[5~");
        keys.bind(Key.PAGE_DOWN, ESC + "[6~", " ");
        keys.bind(Key.HOME, ESC + "[H", ESC + "OH", ESC + "[1~", "g");
        keys.bind(Key.END, ESC + "[F", ESC + "OF", ESC + "[4~", "G");
        return keys;
    }
}
