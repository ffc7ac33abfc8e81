package dev.gatewatch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The packaged {@code drill} command under way. */
final class Drilling implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(150);
    private static final Pattern INVITATION = Pattern.compile("API base URL (\\S+), gateway \\S+, token (\\S+)");

    private final Process process;
    private final Path out;
    private final Path err;

    private Drilling(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    static Drilling start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(heedingInterrupts());
        command.addAll(PackagedProgram.command("drill", "--settle", "500ms"));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile("drill", ".out");
        Path err = Files.createTempFile("drill", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        OnlyThese.variables(builder, Map.of());
        return new Drilling(builder.start(), out, err);
    }

    /** What a shell starts in the background ignores SIGINT, and so does all that it starts: on Linux that can be undone. */
    private static List<String> heedingInterrupts() {
        return System.getProperty("os.name").equals("Linux") ? List.of("env", "--default-signal=INT") : List.of();
    }

    /** Connects stock Discord4J where the drill says that it waits for a bot. */
    BotProcess connectStock() throws IOException {
        Matcher invitation = Awaitility.await().atMost(PATIENCE).until(() -> INVITATION.matcher(err()), Matcher::find);
        return BotProcess.stock(invitation.group(1), invitation.group(2));
    }

    void awaitProgress(String words) {
        Awaitility.await(words).atMost(PATIENCE).until(() -> err().contains(words));
    }

    /** Sends SIGINT, as Ctrl+C does. */
    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still drilling:\n" + err());
        }
        return process.exitValue();
    }

    String out() {
        return read(out);
    }

    String err() {
        return read(err);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        process.onExit().join();
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError("cannot read " + file, e);
        }
    }
}
