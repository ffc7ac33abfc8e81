package dev.gatewatch.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatewatch.log.LogEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One small JSON file that is either whole or the one before: written aside, forced to disk, then moved into place.
 *
 * <p>It never fails its caller: what cannot be read counts as absent, what cannot be written is said once and tried again with
 * the next write. Blocking; not for event loops.
 *
 * @param <T> what it holds
 */
final class JsonFile<T> {

    private static final Logger log = Logger.getLogger(JsonFile.class);
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().findAndAddModules().build();

    private final Path file;
    private final Class<T> type;

    private volatile boolean known;
    private volatile @Nullable T newest;
    private boolean complained;

    JsonFile(Path file, Class<T> type) {
        this.file = file;
        this.type = type;
    }

    /**
     * The value that was last kept, or else the one on disk; empty when there is none that can be read. The disk is read once, since no
     * other process writes this file, and no write is waited for: a disk may hang.
     */
    Optional<T> read() {
        if (!known) {
            newest = readDisk();
            known = true;
        }
        return Optional.ofNullable(newest);
    }

    /** Makes this the value that {@link #read} gives, whether or not it is on disk yet. */
    void keep(T value) {
        newest = value;
        known = true;
    }

    /** Replaces what is on disk. */
    synchronized void write(T value) {
        Path aside = file.resolveSibling(file.getFileName() + ".new");
        try {
            OwnerOnly.createDirectoryOf(file);
            Files.deleteIfExists(aside); // an older version may have left one that others can read
            ByteBuffer bytes = ByteBuffer.wrap(MAPPER.writeValueAsBytes(value));
            try (FileChannel channel = OwnerOnly.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            complained = false;
        } catch (IOException e) {
            if (!complained) {
                complained = true;
                LogEvent.STATE_FILE_FAILED.log(
                        log,
                        "%s could not be written (%s): a restart will not know of it. Make GATEWATCH_DATA_DIR a"
                                + " writable directory.",
                        file,
                        e);
            }
        }
    }

    private @Nullable T readDisk() {
        try {
            return MAPPER.readValue(Files.readAllBytes(file), type);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            LogEvent.STATE_FILE_FAILED.log(log, "%s could not be read and is ignored: %s", file, e.getMessage());
            return null;
        }
    }
}
