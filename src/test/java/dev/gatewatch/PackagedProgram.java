package dev.gatewatch;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs what the build packaged, a jar or a native executable, as a user does, with only the variables it is given. */
final class PackagedProgram {

    /**
     * For {@code JDK_JAVA_OPTIONS}: what {@code docker/jvm.options} says, for 256 MiB. A native executable has limits of its own, and
     * ignores them.
     */
    static final String LIMITS_OF_THE_IMAGE =
            "-Xmx102m -XX:MaxDirectMemorySize=32m -Xss512k -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError";

    private static final long MOST_SECONDS = 60;
    private static final Path TARGET = Path.of("target");

    private PackagedProgram() {}

    /**
     * The command line that starts it; what was packaged last is in {@code target/quarkus-artifact.properties}.
     *
     * @param arguments the program's, and system properties ({@code -Dname=value}), which go where each kind of package wants them
     */
    static List<String> command(String... arguments) {
        Properties artifact = artifact();
        Path packaged = TARGET.resolve(artifact.getProperty("path"));
        Map<Boolean, List<String>> isProperty =
                Stream.of(arguments).collect(Collectors.partitioningBy(argument -> argument.startsWith("-D")));
        List<String> command = new ArrayList<>();
        if (isNative(artifact)) {
            command.add(packaged.toString());
            command.addAll(isProperty.get(true));
        } else {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(isProperty.get(true));
            command.addAll(List.of("-XX:+ExitOnOutOfMemoryError", "-jar", packaged.toString()));
        }
        command.addAll(isProperty.get(false));
        return command;
    }

    /** Whether a JVM runs it. */
    static boolean isJar() {
        return !isNative(artifact());
    }

    private static boolean isNative(Properties artifact) {
        return artifact.getProperty("type").equals("native");
    }

    private static Properties artifact() {
        Properties artifact = new Properties();
        try (Reader properties = Files.newBufferedReader(TARGET.resolve("quarkus-artifact.properties"))) {
            artifact.load(properties);
        } catch (IOException e) {
            throw new AssertionError("nothing is packaged: run ./mvnw package -DskipTests", e);
        }
        return artifact;
    }

    /** The same for a process that lives for seconds only: the first compiler is all it needs, and leaves a processor to others. */
    static List<String> shortLived(String... arguments) {
        List<String> command = command(arguments);
        if (command.contains("-jar")) {
            command.addAll(1, List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        }
        return command;
    }

    /** Runs to the end; standard output and error go to files, so that the process never waits for a reader. */
    static Outcome run(Map<String, String> variables, String... arguments) throws IOException, InterruptedException {
        return run(MOST_SECONDS, variables, arguments);
    }

    /** The same for what takes longer. */
    static Outcome run(long mostSeconds, Map<String, String> variables, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = command(arguments);
        Path out = Files.createTempFile("gatewatch", ".out");
        Path err = Files.createTempFile("gatewatch", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        OnlyThese.variables(builder, variables);
        Process process = builder.start();
        try {
            if (!process.waitFor(mostSeconds, TimeUnit.SECONDS)) {
                throw new AssertionError("still running after " + mostSeconds + " s: " + Files.readString(err));
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
