package dev.gatewatch.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewatch.LoggedLines;
import dev.gatewatch.connection.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A real SQLite file that somebody removes or destroys while it is in use, in virtual time. */
class LostDatabaseTest {

    /** Time for the next pulse, and for another attempt behind it. */
    private static final Duration A_PULSE = HistoryWriter.PULSE.plusSeconds(1);

    private static final int BEFORE = 600;

    @TempDir
    Path parent;

    private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();
    private final Events told = Events.of("one").started(0).connected(1);
    private final LoggedLines log = new LoggedLines("dev.gatewatch.history");
    private Path directory;
    private Path file;
    private Database database;
    private StoreLink link;
    private HistoryWriter writer;

    @BeforeEach
    void fill() {
        directory = parent.resolve("data");
        file = directory.resolve("gatewatch.db");
        // With a cache of one page, what is read is read from the file. (SQLite takes 0 for its default after a change
        // of the schema.)
        database = new SqliteDatabase(file, "one", Clock.systemUTC(), Map.of("cache_size", "1"));
        link = new StoreLink(database, scheduler);
        RefusedEntries refused = new RefusedEntries(new Journal(directory.resolve("history.refused"), 1 << 20));
        Journal journal = new Journal(directory.resolve("history.journal"), 1 << 20);
        writer = new HistoryWriter(link, journal, refused, new EntryBuffer(HistoryWriter.CAPACITY), scheduler);
        for (int second = 2; second < BEFORE; second++) {
            told.planned(second, second);
        }
        scheduler.advanceTimeTo(Events.second(BEFORE));
        writer.start(() -> {});
        told.take().forEach(writer::offer);
        scheduler.advanceTimeBy(A_PULSE);
        assertThat(shown()).hasSize(BEFORE);
        link.borrow().compact(); // all of it is in the file, and nothing in SQLite's log
    }

    @AfterEach
    void close() {
        log.close();
        scheduler.dispose();
        database.close();
    }

    @ParameterizedTest
    @EnumSource
    void isNoticedAndToldAndAnotherIsBegunWithAllThatComesAfter(Loss loss) throws Exception {
        loss.befall(file);
        scheduler.advanceTimeBy(HistoryWriter.PULSE);
        List<StoredEvent> after = told.disconnected(2_010, Failure.closed(4000, ""))
                .resumed(2_011)
                .take();
        after.forEach(writer::offer);
        scheduler.advanceTimeBy(A_PULSE);

        assertThat(link.isHealthy()).isTrue();
        assertThat(writer.figures().failures()).isPositive();
        assertThat(log.lines()).anyMatch(line -> line.contains(loss.words));
        assertThat(shown()).isEqualTo(after);
        assertThat(directory.resolve("history.journal")).doesNotExist();
        assertThat(inTheFile()).isEqualTo(after);
    }

    @Test
    void isNoticedWhenAReaderMeetsIt() throws Exception {
        int size = (int) Files.size(file);
        write(file, size / 2, new byte[size - size / 2]);
        assertThatThrownBy(this::shown).isInstanceOf(HistoryUnavailableException.class);

        scheduler.advanceTimeBy(A_PULSE);

        assertThat(link.isHealthy()).isTrue();
        assertThat(shown()).isEmpty();
        assertThat(log.lines()).anyMatch(line -> line.contains("CORRUPT. It is set aside as " + file + ".corrupt-"));
        try (var files = Files.list(directory)) {
            assertThat(files.filter(path -> path.toString().contains(".corrupt-")))
                    .isNotEmpty();
        }
    }

    @Test
    void isContinuedWithTheBackupThatSomebodyPutsInItsPlace() throws Exception {
        Path backup = parent.resolve("backup.db");
        Files.copy(file, backup);
        told.planned(2_006, 1).take().forEach(writer::offer);
        scheduler.advanceTimeBy(A_PULSE);
        assertThat(shown()).hasSize(BEFORE + 1);

        Files.move(backup, file, StandardCopyOption.REPLACE_EXISTING);
        scheduler.advanceTimeBy(A_PULSE);
        told.planned(2_020, 1).take().forEach(writer::offer);
        scheduler.advanceTimeBy(A_PULSE);

        assertThat(log.lines()).anyMatch(line -> line.contains("was removed or replaced"));
        assertThat(shown()).hasSize(BEFORE + 1);
        assertThat(inTheFile()).hasSize(BEFORE + 1);
    }

    @Test
    void isNotSeenInAFileThatGrowsAndShrinks() throws Exception {
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 200; i++) {
                told.planned(3_000 + round * 10, i);
            }
            told.take().forEach(writer::offer);
            scheduler.advanceTimeBy(A_PULSE);
            link.borrow().prune(Tier.EVENTS, Events.second(3_000 + round * 5), 100_000);
            link.borrow().compact();
            scheduler.advanceTimeBy(A_PULSE);
        }

        assertThat(writer.figures().failures()).isZero();
        assertThat(log.lines()).noneMatch(line -> line.contains("does not work"));
    }

    private List<StoredEvent> shown() {
        return link.borrow().between("", "~", 100_000);
    }

    /** What another process would find. */
    private List<StoredEvent> inTheFile() {
        try (Database other = new SqliteDatabase(file, "one", Clock.systemUTC())) {
            return other.open().between("", "~", 100_000);
        }
    }

    private static void write(Path file, long position, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), position);
        }
    }

    private static void cut(Path file, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }

    private enum Loss {
        DIRECTORY_REMOVED("was removed or replaced") {
            @Override
            void befall(Path file) throws IOException {
                try (var files = Files.list(file.getParent())) {
                    for (Path each : files.toList()) {
                        Files.delete(each);
                    }
                }
                Files.delete(file.getParent());
            }
        },
        FILE_REMOVED("was removed or replaced") {
            @Override
            void befall(Path file) throws IOException {
                Files.delete(file);
            }
        },
        EMPTIED("it was truncated or overwritten") {
            @Override
            void befall(Path file) throws IOException {
                cut(file, 0);
            }
        },
        HALF_CUT_OFF("CORRUPT") {
            @Override
            void befall(Path file) throws IOException {
                cut(file, Files.size(file) / 2);
            }
        },
        OVERWRITTEN("it was truncated or overwritten") {
            @Override
            void befall(Path file) throws IOException {
                write(file, 0, "This is no database at all. ".repeat(5_000).getBytes(StandardCharsets.UTF_8));
            }
        },
        REPLACED_BY_SOMETHING_ELSE("was removed or replaced") {
            @Override
            void befall(Path file) throws IOException {
                Path other = file.resolveSibling("other");
                Files.writeString(other, "This is no database at all. ".repeat(500));
                Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
            }
        };

        private final String words;

        Loss(String words) {
            this.words = words;
        }

        abstract void befall(Path file) throws IOException;
    }
}
