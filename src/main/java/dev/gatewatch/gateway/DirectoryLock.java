package dev.gatewatch.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The operating system's lock on a directory: one process holds it, and the system frees it when that process ends, however it ends.
 *
 * <p>Safe for any thread. Blocking.
 */
final class DirectoryLock implements AutoCloseable {

    /** What this process holds. To close a second channel of a file would free its lock: POSIX counts by process. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final Path file;
    private final AtomicReference<@Nullable FileChannel> held = new AtomicReference<>();

    DirectoryLock(Path directory) {
        this.directory = directory;
        file = directory.resolve("gatewatch.lock");
    }

    /**
     * Tries to take the lock; false while another holds it. The directory is created where it is missing.
     *
     * @throws IOException when the directory cannot be written, or its volume knows no locks
     */
    boolean tryTake() throws IOException {
        OwnerOnly.createDirectories(directory);
        if (!HELD.add(file)) {
            return false; // held by a service in this process that has not stopped yet
        }
        boolean taken = false;
        try {
            taken = isLocked();
            return taken;
        } finally {
            if (!taken) {
                HELD.remove(file);
            }
        }
    }

    /** Frees the lock. The file stays: who deletes it takes the lock from whoever waits for it. */
    @Override
    public void close() {
        FileChannel channel = held.getAndSet(null);
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(file + " could not be closed", e);
            } finally {
                HELD.remove(file);
            }
        }
    }

    private boolean isLocked() throws IOException {
        FileChannel channel = OwnerOnly.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            FileLock lock = channel.tryLock();
            locked = lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by this process, from another class loader
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        held.set(locked ? channel : null);
        return locked;
    }
}
