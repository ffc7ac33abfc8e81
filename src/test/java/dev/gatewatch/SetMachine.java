package dev.gatewatch;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A machine whose wall clock a test sets, by libfaketime; its monotonic clock and the time since boot are the real ones. */
final class SetMachine {

    private static final Path LIBRARIES = Path.of("/usr/lib");

    private final Path library;
    private final Path clock;

    private SetMachine(Path library, Path clock) {
        this.library = library;
        this.clock = clock;
    }

    /** Begins with a time in faketime's words; the test is skipped where there is no libfaketime, but not in CI. */
    static SetMachine in(Path directory, String time) throws IOException {
        Optional<Path> library = library();
        if (System.getenv("CI") != null) {
            assertTrue(library.isPresent(), "libfaketime is missing: .ci/run installs it");
        }
        assumeTrue(library.isPresent(), "libfaketime is not installed, so no clock is set: apt-get install faketime");
        SetMachine machine = new SetMachine(library.orElseThrow(), directory.resolve("clock"));
        machine.set(time);
        return machine;
    }

    /** Sets the clock: {@code +1d}, {@code -9h}, {@code +0} for the real time, {@code @2000-01-01 00:00:00}. */
    void set(String time) throws IOException {
        Path next = Files.writeString(clock.resolveSibling("next"), time + "\n");
        Files.move(next, clock, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A process' variables, and those that put it on this machine. */
    Map<String, String> with(Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(variables);
        all.put("LD_PRELOAD", library.toString());
        all.put("FAKETIME_TIMESTAMP_FILE", clock.toString());
        all.put("FAKETIME_CACHE_DURATION", "1");
        all.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        all.put("FAKETIME_FORCE_MONOTONIC_FIX", "0"); // else every timed wait of the JVM ends at once
        all.put("NO_FAKE_STAT", "1");
        return all;
    }

    private static Optional<Path> library() {
        try (Stream<Path> files = Files.find(
                LIBRARIES, 3, (path, attributes) -> path.endsWith(Path.of("faketime", "libfaketimeMT.so.1")))) {
            return files.findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
