package dev.gatewatch.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewatch.connection.Failure;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What the writer makes of a journal that the process before it left, on each real database, in virtual time. */
class HistoryWriterTest {

    private static final Failure CLOSED_4000 = Failure.closed(4000, "");

    @TempDir
    Path directory;

    private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();
    private Database database;
    private StoreLink link;
    private HistoryWriter writer;

    @AfterEach
    void close() {
        scheduler.dispose();
        database.close();
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void countsTheTimeFromACrashInAnOutageToTheNextStart(Dialect dialect) throws Exception {
        database = database(dialect);
        Events told = Events.of("one").started(0).connected(1);
        database.open().write(told.take());
        journal().append(told.disconnected(50, CLOSED_4000).resumed(55).take());

        startAt(1_000);
        told.started(1_000).connected(1_010).take().forEach(writer::offer);
        scheduler.advanceTimeBy(Duration.ofSeconds(20));

        assertThat(losses()).last().satisfies(gap -> {
            assertThat(gap.cause()).isEqualTo(Incident.PROCESS_DOWN);
            assertThat(gap.start()).isEqualTo(Events.second(55));
            assertThat(gap.end()).isEqualTo(Events.second(1_010));
        });
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void doesNotReviveAShardOfTheJournalThatNoLongerRuns(Dialect dialect) throws Exception {
        database = database(dialect);
        Events told = Events.of("one");
        journal().append(told.shard(1).started(0).connected(1).take());

        startAt(1_000);
        told.shard(0).started(1_000).connected(1_010).take().forEach(writer::offer);
        scheduler.advanceTimeBy(Duration.ofMinutes(30));

        assertThat(lastSeen(0)).isAfter(Events.second(1_000).plus(Duration.ofMinutes(29)));
        assertThat(lastSeen(1)).isEqualTo(Events.second(1));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void countsTheGapAlthoughAnErrorIsToldBeforeTheStart(Dialect dialect) {
        database = database(dialect);
        Events told = Events.of("one").started(0).connected(1);
        database.open().write(told.take());

        startAt(1_000);
        told.error(1_000).shard(7).error(1_000).take().forEach(writer::offer);
        scheduler.advanceTimeBy(Duration.ofSeconds(20));
        told.shard(0).started(1_020).connected(1_030).take().forEach(writer::offer);
        scheduler.advanceTimeBy(Duration.ofSeconds(20));

        assertThat(losses()).singleElement().satisfies(gap -> {
            assertThat(gap.start()).isEqualTo(Events.second(1));
            assertThat(gap.end()).isEqualTo(Events.second(1_030));
        });
        assertThat(link.borrow().shards()).extracting(ShardRecord::shard).containsExactly(0);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void watchesAShardWhoseFactsReachedTheDatabaseThroughTheJournal(Dialect dialect) {
        Outage outage = new Outage(database(dialect));
        database = outage;
        outage.begin();
        startAt(0);
        Events.of("one").started(0).connected(1).take().forEach(writer::offer);
        scheduler.advanceTimeBy(Duration.ofSeconds(30));

        outage.end();
        scheduler.advanceTimeBy(Duration.ofMinutes(5));

        assertThat(directory.resolve("history.journal")).doesNotExist();
        assertThat(lastSeen(0)).isAfter(Events.second(0).plus(Duration.ofMinutes(5)));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void putsAsideTheEntriesThatTheDatabaseRefusesAndWritesAllOthersInOrder(Dialect dialect) throws Exception {
        database = database(dialect);
        Events told = Events.of("one").started(0);
        for (int i = 1; i < 100; i++) {
            told.planned(i, i);
        }
        List<HistoryEntry> entries = new ArrayList<>(told.take());
        List<HistoryEntry> refused = List.of(withoutInstance(), withEndlessWait());
        entries.add(17, refused.get(0));
        entries.add(63, refused.get(1));

        startAt(200);
        entries.forEach(writer::offer);
        scheduler.advanceTimeBy(Duration.ofSeconds(1));

        assertThat(link.isHealthy()).isTrue();
        assertThat(writer.figures()).satisfies(figures -> {
            assertThat(figures.written()).isEqualTo(100);
            assertThat(figures.refused()).isEqualTo(2);
            assertThat(figures.failures()).isZero();
            assertThat(figures.waiting()).isZero();
        });
        entries.removeAll(refused);
        assertThat(link.borrow().between("", "~", 1_000)).isEqualTo(entries);
        assertThat(refusedFile().next(10).entries()).isEqualTo(refused);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void isNotHeldUpForEverByAJournalThatHoldsARefusedEntry(Dialect dialect) throws Exception {
        database = database(dialect);
        Events told = Events.of("one").started(0).connected(1);
        journal().append(List.of(withoutInstance()));
        journal().append(told.list());

        startAt(200);

        assertThat(link.borrow().between("", "~", 10)).isEqualTo(told.list());
        assertThat(directory.resolve("history.journal")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void opensNoDatabaseToRetireShardsBeforeItIsStarted(Dialect dialect) {
        database = database(dialect);
        prepareAt(0);

        writer.retire();
        scheduler.advanceTimeBy(Duration.ofSeconds(1));

        assertThatThrownBy(link::borrow).hasMessage("The history is not open yet");
    }

    private static StoredEvent withoutInstance() {
        return new StoredEvent("0", null, 0, Events.second(3), EventKind.PLAN_MADE, StoredEvent.Detail.NONE);
    }

    private static StoredEvent withEndlessWait() {
        Duration wait = Duration.ofSeconds(Long.MAX_VALUE); // more milliseconds than a long holds
        return new StoredEvent("1", "one", 0, Events.second(4), EventKind.PLAN_MADE, StoredEvent.Detail.duration(wait));
    }

    private Journal refusedFile() {
        return new Journal(directory.resolve("history.refused"), 1 << 20);
    }

    private Database database(Dialect dialect) {
        return switch (dialect) {
            case SQLITE -> new SqliteDatabase(directory.resolve("gatewatch.db"), "one", Clock.systemUTC());
            case POSTGRESQL -> new PostgresDatabase(EmbeddedServer.newDatabase(), "one");
        };
    }

    private Journal journal() {
        return new Journal(directory.resolve("history.journal"), 1 << 20);
    }

    private void startAt(double second) {
        prepareAt(second);
        writer.start(() -> {});
        scheduler.advanceTimeBy(Duration.ZERO);
    }

    private void prepareAt(double second) {
        scheduler.advanceTimeTo(Events.second(second));
        link = new StoreLink(database, scheduler);
        RefusedEntries refused = new RefusedEntries(refusedFile());
        writer = new HistoryWriter(link, journal(), refused, new EntryBuffer(HistoryWriter.CAPACITY), scheduler);
    }

    private List<Incident> losses() {
        return Events.losses(link.borrow(), Instant.EPOCH, Events.second(100_000));
    }

    private Instant lastSeen(int shard) {
        return link.borrow().shards().stream()
                .filter(record -> record.shard() == shard)
                .findFirst()
                .orElseThrow()
                .lastSeen();
    }
}
