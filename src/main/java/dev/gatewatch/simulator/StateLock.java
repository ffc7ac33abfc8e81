package dev.gatewatch.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second simulator away from the state of the first. The operating system frees the lock when the process ends, however it ends.
 */
final class StateLock implements AutoCloseable {

    /** What this process holds: to close a second channel of a file would free its lock. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final Path file;
    private @Nullable FileChannel channel;

    StateLock(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
        file = this.directory.resolve("simulator.lock");
    }

    /**
     * Takes the lock. Does nothing where the directory cannot be written: no state is kept there.
     *
     * @throws StateInUseException when another simulator holds it
     */
    void take() {
        if (!HELD.add(file)) {
            throw new StateInUseException(directory);
        }
        try {
            channel = locked();
        } catch (IOException e) {
            channel = null; // the journal tells of it with the first save
        } finally {
            if (channel == null) {
                HELD.remove(file);
            }
        }
    }

    @Override
    public void close() {
        FileChannel open = channel;
        if (open != null) {
            channel = null;
            try {
                open.close();
            } catch (IOException e) {
                throw new UncheckedIOException(file + " could not be closed", e);
            } finally {
                HELD.remove(file);
            }
        }
    }

    private FileChannel locked() throws IOException {
        Files.createDirectories(directory);
        FileChannel opened = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            taken = opened.tryLock() != null;
        } finally {
            if (!taken) {
                opened.close();
            }
        }
        if (!taken) {
            throw new StateInUseException(directory);
        }
        return opened;
    }
}
