package dev.gatewatch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The empty Quarkus program of {@code src/bench/empty}: built once, by the Maven of this build. */
final class EmptyProgram {

    private static final Path TARGET = Path.of("target", "bench", "empty").toAbsolutePath();

    private EmptyProgram() {}

    /** Its jar. */
    static Path jar() throws IOException, InterruptedException {
        Path jar = TARGET.resolve("quarkus-app").resolve("quarkus-run.jar");
        if (Files.exists(jar)) {
            return jar;
        }
        Files.createDirectories(TARGET);
        Path log = TARGET.resolve("build.log");
        String launcher = System.getProperty("os.name").startsWith("Windows") ? "mvnw.cmd" : "./mvnw";
        Process maven = new ProcessBuilder(List.of(
                        launcher, "-B", "-ntp", "-f", "src/bench/empty/pom.xml", "-Dbench.output=" + TARGET, "package"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (maven.waitFor() != 0) {
            throw new IllegalStateException("the empty program could not be built:\n" + Files.readString(log));
        }
        return jar;
    }
}
