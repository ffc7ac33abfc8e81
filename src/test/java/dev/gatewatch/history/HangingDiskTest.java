package dev.gatewatch.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.LoggedLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A stop while the disk with the journal does not answer. */
class HangingDiskTest {

    private static final int ENTRIES = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(100);

    @TempDir
    Path directory;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch diskAnswers = new CountDownLatch(1);
    private final Scheduler scheduler = Schedulers.newSingle("test-history", true);
    private HistoryWriter writer;

    @AfterEach
    void end() {
        diskAnswers.countDown();
        scheduler.dispose();
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void theStopEndsThoughTheWriterHangsInTheJournal() throws Exception {
        Outage outage = new Outage(sqlite());
        outage.begin();
        start(outage);

        assertStopsAndTellsTheLoss();
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void theStopEndsThoughTheJournalHangsWhenItIsToTakeWhatWaits() throws Exception {
        start(sqlite());

        assertStopsAndTellsTheLoss();
    }

    private void assertStopsAndTellsTheLoss() throws InterruptedException {
        try (LoggedLines log = new LoggedLines(HistoryWriter.class.getName())) {
            writer.stop(SHORT);

            assertThat(log.lines()).last().asString().startsWith(ENTRIES + " entries of the history are LOST");
        }
    }

    private void start(Database database) throws InterruptedException {
        StoreLink link = new StoreLink(database, scheduler);
        RefusedEntries refused = new RefusedEntries(new Journal(directory.resolve("history.refused"), 1 << 20));
        Journal journal = new Journal(hanging(directory.resolve("history.journal")), 1 << 20);
        writer = new HistoryWriter(link, journal, refused, new EntryBuffer(HistoryWriter.CAPACITY), scheduler);
        Events.of("one").started(0).connected(1).resumed(2).list().forEach(writer::offer);
        writer.start(() -> {});
        assertThat(asked.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    private Database sqlite() {
        return new SqliteDatabase(directory.resolve("gatewatch.db"), "one", Clock.systemUTC());
    }

    /** A file of which nothing can be learned or changed before the disk answers. */
    private Path hanging(Path file) {
        return (Path) Proxy.newProxyInstance(
                HangingDiskTest.class.getClassLoader(), new Class<?>[] {Path.class}, (proxy, method, given) -> {
                    asked.countDown();
                    if (!diskAnswers.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                        throw new UncheckedIOException(new IOException("The disk never answered"));
                    }
                    return method.invoke(file, given);
                });
    }
}
