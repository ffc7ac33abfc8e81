package dev.gatewatch.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOError;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Curses;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.ShutdownHooks;
import org.jspecify.annotations.Nullable;

/**
 * The terminal while it is ours: another screen, no cursor, keys one by one. Closing it, or the end of the process by whatever signal
 * but SIGKILL, leaves the terminal as it was. Safe for use by several threads.
 */
final class Stage implements AutoCloseable {

    /** What shells say of a process that SIGINT ended. */
    private static final int INTERRUPTED = 130;

    private static final Logger LOG = Logger.getLogger("org.jline");

    private final Terminal terminal;
    private final Display display;
    private final String farewell;
    private final List<ShutdownHooks.Task> hooks;
    private final Attributes original;
    private boolean left;

    private Stage(Terminal terminal, ShutdownHooks.Task early) {
        this.terminal = terminal;
        original = terminal.getAttributes();
        display = new Display(terminal, true);
        farewell = string(Capability.exit_attribute_mode)
                + string(Capability.exit_ca_mode)
                + string(Capability.cursor_normal);
        hooks = List.of(early, ShutdownHooks.add(this::leave));
    }

    /**
     * Takes the terminal.
     *
     * @return null when standard input or output is none, or none that can be drawn on
     */
    static @Nullable Stage open() {
        // JLine closes the terminal, and standard output with it, at the end of the process. Its word and its deed
        // differ on
        // whether it begins with the first or with the last hook; ours are on both sides of it.
        LOG.setLevel(Level.OFF); // what it warns of is that it takes its second choice
        AtomicReference<@Nullable Stage> opened = new AtomicReference<>();
        ShutdownHooks.Task early = ShutdownHooks.add(() -> leave(opened.get()));
        try {
            // By JNI, or by stty where the library cannot be loaded; never FFM, which is absent from JDK 17 and from
            // native images.
            Charset encoding = encoding();
            Terminal terminal = TerminalBuilder.builder()
                    .system(true)
                    .dumb(false)
                    .encoding(encoding)
                    .stdoutEncoding(encoding) // or else a property decides, see below
                    .providers("jni,exec")
                    .build();
            // JLine has left SIGINT to the operating system, which ends a process without its hooks.
            terminal.handle(Terminal.Signal.INT, signal -> System.exit(INTERRUPTED));
            Stage stage = new Stage(terminal, early);
            opened.set(stage);
            if (!stage.canDraw()) {
                stage.left = true; // nothing to restore
                stage.close();
                return null;
            }
            stage.enter();
            return stage;
        } catch (IOException | IllegalStateException e) {
            ShutdownHooks.remove(early);
            return null;
        }
    }

    Terminal terminal() {
        return terminal;
    }

    /** Width and height; never 0, as some terminals say. */
    synchronized Size size() {
        Size size = terminal.getSize();
        return Size.of(size.getColumns() < 1 ? 80 : size.getColumns(), size.getRows() < 1 ? 24 : size.getRows());
    }

    /** Shows lines that fit this size; only what changed is sent. */
    synchronized void draw(List<AttributedString> lines, Size size, boolean anew) {
        if (left) {
            return;
        }
        if (anew || size.getColumns() != display.getColumns() || size.getRows() != display.getRows()) {
            terminal.puts(Capability.clear_screen);
            display.reset();
        }
        display.resize(size);
        display.update(lines, 0, false);
        terminal.flush();
    }

    /** Takes it again, after something else used it, such as a shell while this process was stopped. */
    synchronized void enter() {
        if (left) {
            return;
        }
        terminal.enterRawMode();
        Attributes raw = terminal.getAttributes();
        raw.setLocalFlag(Attributes.LocalFlag.ISIG, true); // Ctrl+C is a signal: it works even if we hang
        raw.setControlChar(Attributes.ControlChar.VSUSP, 0); // but nobody wants to be left on this screen by Ctrl+Z,
        raw.setControlChar(Attributes.ControlChar.VQUIT, 0); // nor to read a thread dump on it
        terminal.setAttributes(raw);
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.cursor_invisible);
        terminal.puts(Capability.clear_screen);
        display.reset();
        terminal.flush();
    }

    @Override
    public void close() {
        leave();
        hooks.forEach(ShutdownHooks::remove);
        try {
            terminal.close();
        } catch (IOException e) {
            // the terminal is gone
        }
    }

    /** The locale's, which JLine does not ask for: it takes UTF-8 for granted. */
    private static Charset encoding() {
        boolean isNative = System.getProperty("org.graalvm.nativeimage.imagecode") != null;
        String name = isNative
                ? encoding(System.getenv()) // the properties are of the machine that built it
                : System.getProperty("stdout.encoding", System.getProperty("native.encoding", "UTF-8"));
        return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
    }

    /** As the C library finds it, see [POSIX/Environment Variables 8.2]. */
    static String encoding(Map<String, String> environment) {
        String locale = Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("C");
        int dot = locale.indexOf('.');
        return dot < 0 ? "US-ASCII" : locale.substring(dot + 1).replaceFirst("@.*", "");
    }

    private boolean canDraw() {
        return terminal.getStringCapability(Capability.cursor_address) != null
                && terminal.getStringCapability(Capability.clear_screen) != null;
    }

    private String string(Capability capability) {
        String text = terminal.getStringCapability(capability);
        return text == null ? "" : Curses.tputs(text);
    }

    private static void leave(@Nullable Stage stage) {
        if (stage != null) {
            stage.leave();
        }
    }

    /** Written past JLine's writer, which may be in the hands of whoever was interrupted. */
    private synchronized void leave() {
        if (left) {
            return;
        }
        left = true;
        try {
            terminal.setAttributes(original);
            FileOutputStream out = new FileOutputStream(FileDescriptor.out);
            out.write(farewell.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        } catch (IOException | IOError e) {
            // the terminal is gone
        }
    }
}
