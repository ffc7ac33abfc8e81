package dev.gatewatch.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.gatewatch.gateway.OwnerOnly;
import dev.gatewatch.log.LogEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A local file that keeps what the database could not take.
 *
 * <p>One line per entry: a checksum, a space, JSON. What was appended has survived the end of the process when {@link #append}
 * returns. A line torn by a crash or a full disk is recognised and left out. Used from one thread.
 */
final class Journal {

    private static final Logger log = Logger.getLogger(Journal.class);
    private static final int READ_AHEAD = 1 << 20;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Path file;
    private final long maximum;
    private long consumed;

    /**
     * @param file where it is, or will be
     * @param maximum how many bytes it may grow to
     */
    Journal(Path file, long maximum) {
        this.file = file;
        this.maximum = maximum;
    }

    /** Whether nothing waits in it. */
    boolean isEmpty() {
        try {
            return !Files.exists(file) || Files.size(file) == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds entries at its end, all or none. */
    void append(List<? extends HistoryEntry> entries) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (HistoryEntry entry : entries) {
            lines.write(line(entry));
        }
        OwnerOnly.createDirectoryOf(file);
        try (FileChannel channel =
                OwnerOnly.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = wholeLines(channel);
            if (end == 0) {
                consumed = 0; // somebody removed or emptied the file
            }
            if (end + lines.size() > maximum) {
                throw new IOException("the journal " + file + " has reached its " + maximum + " bytes");
            }
            try {
                channel.truncate(end).position(end);
                ByteBuffer bytes = ByteBuffer.wrap(lines.toByteArray());
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            } catch (IOException e) {
                channel.truncate(end);
                throw e;
            }
        }
    }

    /** The next entries, oldest first, at most so many; {@link #consume} says that they are safe elsewhere. */
    Batch next(int limit) throws IOException {
        List<HistoryEntry> entries = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long offset = consumed <= channel.size() ? consumed : 0; // what is written twice is stored once
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(READ_AHEAD, Math.max(0, channel.size() - offset)));
            channel.read(buffer, offset);
            byte[] bytes = buffer.array();
            int begin = 0;
            for (int i = 0; i < buffer.position() && entries.size() < limit; i++) {
                if (bytes[i] == '\n') {
                    HistoryEntry entry = entry(new String(bytes, begin, i - begin, StandardCharsets.UTF_8));
                    if (entry != null) {
                        entries.add(entry);
                    }
                    begin = i + 1;
                }
            }
            // What has no line end is torn; it must not keep the journal from running empty.
            boolean torn = begin == 0 && buffer.position() > 0;
            return new Batch(entries, torn ? channel.size() : offset + begin);
        }
    }

    /** Forgets a batch; empties the file once everything in it is forgotten. */
    void consume(Batch batch) throws IOException {
        consumed = batch.end;
        if (consumed >= Files.size(file)) {
            Files.delete(file);
            consumed = 0;
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }

    private static byte[] line(HistoryEntry entry) throws JsonProcessingException {
        Line line = entry instanceof StoredEvent event ? new Line(event, null) : new Line(null, (Sample) entry);
        String json = JSON.writeValueAsString(line);
        return (checksum(json) + " " + json + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private @Nullable HistoryEntry entry(String text) {
        int space = text.indexOf(' ');
        String json = text.substring(space + 1);
        try {
            if (space == 8 && text.startsWith(checksum(json))) {
                Line line = JSON.readValue(json, Line.class);
                return line.event != null ? line.event : line.sample;
            }
        } catch (JsonProcessingException e) {
            log.debug("A journal line has the right checksum and yet cannot be read", e);
        }
        LogEvent.JOURNAL_DAMAGED.log(log, "A line of the journal %s is damaged and left out: %s", file, text);
        return null;
    }

    private static String checksum(String json) {
        CRC32 crc = new CRC32();
        crc.update(json.getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }

    /** Where the last whole line ends. */
    private static long wholeLines(FileChannel channel) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        for (long end = channel.size(); end > 0; end--) {
            one.clear();
            channel.read(one, end - 1);
            if (one.get(0) == '\n') {
                return end;
            }
        }
        return 0;
    }

    /**
     * A part of the journal.
     *
     * @param entries what it holds
     * @param end where it ends in the file
     */
    record Batch(List<HistoryEntry> entries, long end) {}

    /** One line. */
    @RegisterForReflection
    record Line(@Nullable StoredEvent event, @Nullable Sample sample) {}
}
