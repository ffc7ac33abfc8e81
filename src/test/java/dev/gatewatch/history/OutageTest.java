package dev.gatewatch.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.FreePort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The database is down, locked, read-only or full; afterwards everything is there, in order, once. */
class OutageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    Path directory;

    private final Events events = Events.of("one");
    private final Scheduler scheduler = Schedulers.newBoundedElastic(4, 1_000, "test-history");
    private StoreLink link;
    private HistoryWriter writer;
    private int second;

    @AfterEach
    void end() {
        scheduler.dispose();
    }

    @Test
    void waitsForALockedSqlite() throws Exception {
        start(sqlite());
        offer(3);
        awaitStored(3);

        try (Connection other = raw();
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");
            offer(5);
            awaitUnhealthy();
            awaitJournal();
            offer(5);
            statement.execute("ROLLBACK");
        }

        awaitStored(13);
    }

    @Test
    void waitsForRoomOnAFullDisk() throws Exception {
        // SQLite's own limit stands for a disk without room: SQLITE_FULL either way.
        Map<String, String> pragmas = new ConcurrentHashMap<>(Map.of("max_page_count", "60"));
        start(new SqliteDatabase(directory.resolve("gatewatch.db"), "one", Clock.systemUTC(), pragmas));
        offer(3);
        awaitStored(3);

        offer(3_000);
        awaitUnhealthy();
        awaitJournal();
        offer(10);
        assertThat(StoreLink.reason(link.trouble())).contains("SQLITE_FULL");
        pragmas.put("max_page_count", "1000000");

        awaitStored(3_013);
    }

    @Test
    void waitsForAReadOnlyPostgres() throws Exception {
        PostgresAddress address = EmbeddedServer.newDatabase();
        start(new PostgresDatabase(address, "one"));
        offer(3);
        awaitStored(3);

        postgres(
                address,
                "ALTER ROLE postgres IN DATABASE " + name(address) + " SET default_transaction_read_only = on");
        disconnectAll(address);
        offer(5);
        awaitUnhealthy();
        awaitJournal();
        postgres(
                address,
                "BEGIN READ WRITE; ALTER ROLE postgres IN DATABASE " + name(address)
                        + " RESET default_transaction_read_only; COMMIT");
        disconnectAll(address);
        offer(2);

        awaitStored(10);
    }

    @Test
    void waitsForAPostgresThatIsDownAcrossARestartOfOurs() throws Exception {
        int port = FreePort.find();
        Path cluster = directory.resolve("cluster");
        EmbeddedPostgres server = postgres(port, cluster);
        PostgresAddress address =
                PostgresAddress.parse("postgresql://postgres:postgres@localhost:" + port + "/postgres");
        start(new PostgresDatabase(address, "one"));
        offer(10);
        awaitStored(10);

        server.close();
        offer(10);
        awaitUnhealthy();
        awaitJournal();
        stop();
        start(new PostgresDatabase(address, "one"));
        offer(10);
        awaitUnhealthy();
        EmbeddedPostgres again = postgres(port, cluster);
        try {
            offer(10);
            awaitStored(40);
        } finally {
            stop();
            again.close();
        }
    }

    @Test
    void losesNothingWhenTheProcessDiesBetweenTheDatabaseAndTheJournal() throws Exception {
        Journal journal = journal();
        offerTo(journal, 20);
        HistoryStore store = sqlite().open();
        store.write(events.list().subList(0, 15)); // written, yet not struck off the journal

        start(sqlite());
        offer(1);

        awaitStored(21);
    }

    @Test
    void leavesOutATornLineOfTheJournal() throws Exception {
        offerTo(journal(), 5);
        Path file = directory.resolve("history.journal");
        Files.writeString(file, Files.readString(file) + "deadbeef {\"event\":{\"id\":\"torn");

        offerTo(journal(), 5);
        start(sqlite());

        awaitStored(10);
    }

    @Test
    void leavesOutATornEndWhenNothingIsAppendedBehindIt() throws Exception {
        offerTo(journal(), 5);
        Path file = directory.resolve("history.journal");
        Files.writeString(file, Files.readString(file) + "deadbeef {\"event\":{\"id\":\"torn");

        start(sqlite());

        awaitStored(5);
    }

    @Test
    void keepsEntriesInMemoryWhenNeitherDatabaseNorJournalWorks() throws Exception {
        Files.writeString(directory.resolve("file"), "not a directory");
        Path beneath = directory.resolve("file").resolve("data");
        start(
                new SqliteDatabase(beneath.resolve("gatewatch.db"), "one", Clock.systemUTC()),
                new Journal(beneath.resolve("history.journal"), 1 << 20));
        offer(100);
        awaitUnhealthy();

        Files.delete(directory.resolve("file"));

        awaitStored(100);
    }

    @Test
    void setsACorruptSqliteAsideAndBeginsANewOne() throws Exception {
        Path file = directory.resolve("gatewatch.db");
        Files.writeString(file, "This is no database at all. ".repeat(500));

        start(sqlite());
        offer(3);

        awaitStored(3);
        try (var files = Files.list(directory)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .anyMatch(name ->
                            name.matches("gatewatch\\.db\\.corrupt-\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\dZ"));
        }
    }

    @Test
    void setsASqliteThatBecomesCorruptAside() throws Exception {
        start(sqlite());
        offer(2_000);
        awaitStored(2_000);
        stop();
        Path file = directory.resolve("gatewatch.db");
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 4_096, bytes.length - 4_096, (byte) 0x5a);
        Files.write(file, bytes);

        start(sqlite());
        offer(3);

        Awaitility.await().atMost(PATIENCE).until(() -> link.isHealthy() && stored().size() == 3);
    }

    private Database sqlite() {
        return new SqliteDatabase(directory.resolve("gatewatch.db"), "one", Clock.systemUTC());
    }

    private Journal journal() {
        return new Journal(directory.resolve("history.journal"), 16 << 20);
    }

    private void start(Database database) throws InterruptedException {
        start(database, journal());
    }

    private void start(Database database, Journal journal) throws InterruptedException {
        link = new StoreLink(database, scheduler);
        RefusedEntries refused = new RefusedEntries(new Journal(directory.resolve("history.refused"), 1 << 20));
        writer = new HistoryWriter(link, journal, refused, new EntryBuffer(HistoryWriter.CAPACITY), scheduler);
        CountDownLatch opened = new CountDownLatch(1);
        writer.start(opened::countDown);
        assertThat(opened.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private void stop() throws InterruptedException {
        writer.stop(PATIENCE);
    }

    private void offer(int count) {
        int before = events.list().size();
        for (int i = 0; i < count; i++) {
            events.planned(second++, second);
        }
        events.list().subList(before, before + count).forEach(writer::offer);
    }

    private void offerTo(Journal journal, int count) throws IOException {
        int before = events.list().size();
        for (int i = 0; i < count; i++) {
            events.planned(second++, second);
        }
        journal.append(events.list().subList(before, before + count));
    }

    private void awaitUnhealthy() {
        Awaitility.await().atMost(PATIENCE).until(() -> !link.isHealthy());
    }

    private void awaitJournal() {
        Path file = directory.resolve("history.journal");
        Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(file) && Files.size(file) > 0);
    }

    /** All of them, in order, once. */
    private void awaitStored(int count) {
        Awaitility.await().atMost(PATIENCE).until(() -> link.isHealthy() && stored().size() >= count);
        assertThat(stored()).containsExactlyElementsOf(events.list()).hasSize(count);
        assertThat(directory.resolve("history.journal")).doesNotExist();
    }

    private List<StoredEvent> stored() {
        List<StoredEvent> newestFirst = new ArrayList<>(link.borrow()
                .events(new EventQuery(null, null, null, Set.of(), null, 100_000))
                .items());
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    private Connection raw() throws Exception {
        return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("gatewatch.db"));
    }

    private static void postgres(PostgresAddress address, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(address.url(), address.user(), address.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void disconnectAll(PostgresAddress address) throws Exception {
        postgres(
                address,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND pid <> pg_backend_pid()");
    }

    private static String name(PostgresAddress address) {
        return address.url().substring(address.url().lastIndexOf('/') + 1);
    }

    private static EmbeddedPostgres postgres(int port, Path cluster) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(cluster)
                .setCleanDataDirectory(false)
                .start();
    }
}
