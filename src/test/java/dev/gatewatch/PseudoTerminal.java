package dev.gatewatch;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** A real terminal with a shell in it, by tmux: what is typed goes in, what a person would see comes out. */
final class PseudoTerminal implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String socket = "gatewatch-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();

    private PseudoTerminal() {}

    /** Opens one; the test is skipped where there is no tmux, but not in CI. */
    static PseudoTerminal open(int width, int height) throws IOException {
        boolean there = isInstalled();
        if (System.getenv("CI") != null) {
            assertTrue(there, "tmux is missing: .ci/run installs it");
        }
        assumeTrue(there, "tmux is not installed, so nothing is tried in a real terminal: apt-get install tmux");
        PseudoTerminal terminal = new PseudoTerminal();
        List<String> command = new ArrayList<>(
                List.of("-f", "/dev/null", "-u", "new-session", "-d", "-x", "" + width, "-y", "" + height));
        command.addAll(List.of("env", "-u", "NO_COLOR", "LC_ALL=C.UTF-8", "PS1=$ "));
        command.addAll(List.of("bash", "--norc", "--noprofile"));
        terminal.tmux(command.toArray(String[]::new));
        return terminal;
    }

    /** Types a line and Enter. */
    void run(String line) {
        tmux("send-keys", "-l", line);
        press("Enter");
    }

    /** Presses keys, by tmux's names: {@code Right}, {@code C-c}, {@code q}. */
    void press(String... keys) {
        List<String> command = new ArrayList<>(List.of("send-keys"));
        command.addAll(Arrays.asList(keys));
        tmux(command.toArray(String[]::new));
    }

    void resize(int width, int height) {
        tmux("resize-window", "-x", "" + width, "-y", "" + height);
    }

    String screen() {
        return tmux("capture-pane", "-p");
    }

    /** With the colours, as escape codes. */
    String colourfulScreen() {
        return tmux("capture-pane", "-p", "-e");
    }

    /** What tmux knows of the terminal, such as {@code #{alternate_on}}. */
    String property(String format) {
        return tmux("display-message", "-p", format).strip();
    }

    /** Waits until the words are on the screen. */
    void await(String words) {
        await(words, true);
    }

    void awaitGone(String words) {
        await(words, false);
    }

    @Override
    public void close() {
        tmux("kill-server");
    }

    private void await(String words, boolean there) {
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> screen().contains(words) == there);
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            throw new AssertionError(
                    (there ? "not on the screen: " : "still on the screen: ") + words + "\n" + screen());
        }
    }

    private String tmux(String... arguments) {
        List<String> command = new ArrayList<>(List.of("tmux", "-L", socket));
        command.addAll(List.of(arguments));
        try {
            Path out = Files.createTempFile("tmux", ".out");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            assertTrue(process.waitFor(30, TimeUnit.SECONDS), "tmux hangs: " + command);
            String text = Files.readString(out, StandardCharsets.UTF_8);
            Files.delete(out);
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static boolean isInstalled() {
        try {
            return new ProcessBuilder("tmux", "-V").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
