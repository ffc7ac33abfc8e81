package dev.gatewatch.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The operating system's lock on a directory: one process holds it, and the system frees it when that process ends, however it ends.
 *
 * <p>Safe for any thread. Blocking.
 */
final class DirectoryLock implements AutoCloseable {

    private final Path directory;
    private final Path file;
    private @Nullable FileChannel held;

    DirectoryLock(Path directory) {
        this.directory = directory;
        file = directory.resolve("gatewatch.lock");
    }

    /**
     * Tries to take the lock; false while another process holds it. The directory is created where it is missing.
     *
     * @throws IOException when the directory cannot be written, or its volume knows no locks
     */
    synchronized boolean tryTake() throws IOException {
        OwnerOnly.createDirectories(directory);
        FileChannel channel = OwnerOnly.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (isLocked(channel)) {
                held = channel;
                return true;
            }
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return false;
    }

    /** Frees the lock. The file stays: who deletes it takes the lock from whoever waits for it. */
    @Override
    public synchronized void close() {
        FileChannel channel = held;
        held = null;
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(file + " could not be closed", e);
            }
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by this process itself, by a service that has not stopped yet
        }
    }
}
