package dev.gatewatch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Prometheus' own judge of metrics and rules; in the continuous integration it has to be there. */
public final class Promtool {

    private static final long MOST_SECONDS = 60;

    private Promtool() {}

    /** Skips the test where promtool is not installed, and fails it where {@code CI=true}. */
    public static void isInstalled() {
        String missing = "promtool is not installed: apt-get install prometheus, or put it on the PATH";
        boolean there = List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "promtool")));
        if ("true".equals(System.getenv("CI"))) {
            Assertions.assertTrue(there, missing);
        }
        Assumptions.assumeTrue(there, missing);
    }

    /** Runs it with this standard input; everything it says, after its exit code. */
    public static Outcome run(String input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Path in = Files.createTempFile("promtool", ".in");
        Path out = Files.createTempFile("promtool", ".out");
        Files.writeString(in, input);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .start();
        try {
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("promtool did not end within " + MOST_SECONDS + " s");
            }
            return new Outcome(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
            Files.delete(in);
            Files.delete(out);
        }
    }

    /** How it ended and what it said. */
    public record Outcome(int exitCode, String output) {}
}
