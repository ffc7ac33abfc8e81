package dev.gatewatch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the packaged jar as a user does, with only the variables it is given. */
final class PackagedProgram {

    private static final long MOST_SECONDS = 60;

    private PackagedProgram() {}

    /** Runs to the end; standard output and error go to files, so that the process never waits for a reader. */
    static Outcome run(Map<String, String> variables, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Path.of("target", "quarkus-app", "quarkus-run.jar").toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile("gatewatch", ".out");
        Path err = Files.createTempFile("gatewatch", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.matches("(DISCORD|GATEWATCH|QUARKUS)_.*"));
        builder.environment().putAll(variables);
        Process process = builder.start();
        try {
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("still running after " + MOST_SECONDS + " s");
            }
            return new Outcome(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }

    /** How it ended and what it said. */
    record Outcome(int exitCode, String out, String err) {}
}
