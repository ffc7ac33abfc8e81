package dev.gatewatch.history;

import dev.gatewatch.gateway.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file that SQLite has open, looked at without SQLite.
 *
 * <p>Its channel is opened before SQLite's connections and closed after them. A process that closes a file loses all its locks
 * on it, and with them SQLite's.
 */
final class SqliteFile implements AutoCloseable {

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 100;
    private static final int PAGE_SIZE = 16;
    private static final int PAGE_COUNT = 28;

    private final Path file;
    private final FileChannel channel;
    private final @Nullable Object key;
    private @Nullable Object logKey;

    private SqliteFile(Path file, FileChannel channel, @Nullable Object key) {
        this.file = file;
        this.channel = channel;
        this.key = key;
    }

    /** Opens it, and makes it and its directory if they are missing. */
    static SqliteFile open(Path file) throws IOException {
        OwnerOnly.createDirectoryOf(file);
        FileChannel channel =
                OwnerOnly.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            return new SqliteFile(file, channel, keyOf(file));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Whether its path still leads to it. */
    boolean isInPlace() throws IOException {
        boolean inPlace = leadsTo(file, key);
        if (inPlace && Files.exists(log())) {
            logKey = keyOf(log());
        }
        return inPlace;
    }

    /** Whether SQLite's log of this file lies beside another file now, which it would destroy. */
    boolean hasLeftItsLog() throws IOException {
        return logKey != null && !leadsTo(file, key) && leadsTo(log(), logKey);
    }

    /** What its first bytes tell. */
    Header header() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER);
        int read = channel.read(bytes, 0);
        boolean sqlite = read == HEADER && Arrays.equals(MAGIC, Arrays.copyOf(bytes.array(), MAGIC.length));
        long pageSize = Short.toUnsignedLong(bytes.getShort(PAGE_SIZE));
        long pages = Integer.toUnsignedLong(bytes.getInt(PAGE_COUNT));
        return new Header(sqlite, channel.size(), pages * (pageSize == 1 ? 1 << 16 : pageSize));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private Path log() {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    private static boolean leadsTo(Path path, @Nullable Object key) throws IOException {
        try {
            return Objects.equals(key, keyOf(path));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static @Nullable Object keyOf(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    /**
     * The beginning of the file.
     *
     * @param isSqlite whether it begins as every SQLite database does
     * @param size how many bytes it has
     * @param claimed how many it says that it has
     */
    record Header(boolean isSqlite, long size, long claimed) {

        /** Whether a part may be missing. While SQLite moves pages from its log into the file, this is so for a moment. */
        boolean isShort() {
            return size < claimed;
        }
    }
}
