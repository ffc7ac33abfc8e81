package dev.gatewatch;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The bots of {@code src/libraries/bots}, made ready to run under {@code target}. */
final class LibraryPrograms {

    private static final Path SOURCES = Path.of("src", "libraries", "bots");
    private static final Path TARGET = Path.of("target", "libraries").toAbsolutePath();
    private static final String PYTHON = "/usr/bin/python3"; // Debian's, which has Debian's packages
    private static final long MOST_MINUTES = 5;

    private LibraryPrograms() {}

    /** Fetches the libraries from npm, pinned; tests are skipped where npm is missing, and fail in the continuous integration. */
    static LibraryPrograms prepare() throws IOException, InterruptedException {
        require(succeeds("npm", "--version"), "npm and node: install Node.js 20 or later");
        Files.createDirectories(TARGET);
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, TARGET.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Path installed = TARGET.resolve("installed-lock.json");
        Path lock = TARGET.resolve("package-lock.json");
        if (!Files.exists(installed) || Files.mismatch(installed, lock) >= 0) {
            run(TARGET, "npm", "ci", "--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund");
            Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
        }
        return new LibraryPrograms();
    }

    /** The command line of a library's bot. */
    List<String> command(Library library) throws IOException, InterruptedException {
        String program = library.program();
        if (program.endsWith(".mjs")) {
            return List.of("node", TARGET.resolve(program).toString());
        }
        if (program.endsWith(".py")) {
            require(succeeds(PYTHON, "-c", "import discord"), "discord.py: apt-get install python3-discord");
            return List.of(PYTHON, TARGET.resolve(program).toString());
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath(program),
                SOURCES.resolve(program).resolve("Bot.java").toString());
    }

    /** A library's own dependencies, in its own versions: ours would not always fit. */
    private static String classPath(String program) throws IOException, InterruptedException {
        Path file = TARGET.resolve(program + ".classpath");
        if (!Files.exists(file)) {
            String launcher = System.getProperty("os.name").startsWith("Windows") ? "mvnw.cmd" : "./mvnw";
            run(
                    Path.of("").toAbsolutePath(),
                    launcher,
                    "-B",
                    "-ntp",
                    "-f",
                    SOURCES.resolve(program).resolve("pom.xml").toString(),
                    "dependency:build-classpath",
                    "-Dmdep.outputFile=" + file);
        }
        return Files.readString(file).strip();
    }

    private static void require(boolean there, String what) {
        if (System.getenv("CI") != null) {
            assertTrue(there, "missing here: " + what);
        }
        assumeTrue(there, "Skipped, since this is missing here: " + what);
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static void run(Path folder, String... command) throws IOException, InterruptedException {
        Path log = Files.createTempFile(TARGET, "prepare", ".log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertTrue(
                    process.waitFor(MOST_MINUTES, TimeUnit.MINUTES) && process.exitValue() == 0,
                    () -> String.join(" ", command) + " failed; see " + log);
        } finally {
            process.destroyForcibly();
        }
    }
}
