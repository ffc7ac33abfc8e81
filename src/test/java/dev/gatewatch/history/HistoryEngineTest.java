package dev.gatewatch.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.gateway.ConnectionEvents;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.scheduler.Scheduler;

/** The threads of the history: none of them waits for ever, and none takes what is another's. */
@Timeout(120)
class HistoryEngineTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final ConnectionEvents events = new ConnectionEvents();

    @Test
    void journalsWhatAHangingPostgresDoesNotTakeBeforeTheStopEnds() throws Exception {
        PostgresAddress address = EmbeddedServer.newDatabase();
        HistoryEngine engine = engine(new PostgresDatabase(address, "one"));
        engine.start();
        publish(0, 10);
        Awaitility.await().atMost(PATIENCE).until(() -> stored(engine) == 10);

        List<String> backends = backends(address);
        signal("-STOP", backends);
        try {
            publish(10, 5);
            engine.stop(Duration.ofMillis(300));

            assertThat(new Journal(directory.resolve("history.journal"), 1 << 20)
                            .next(100)
                            .entries())
                    .hasSize(5);
        } finally {
            signal("-CONT", backends);
        }
        HistoryEngine next = engine(new PostgresDatabase(address, "one"));
        next.start();
        Awaitility.await().atMost(PATIENCE).until(() -> stored(next) == 15);
        next.stop(PATIENCE);
    }

    @Test
    void leavesTheJournalAloneWhenItIsStoppedBeforeTheDirectoryIsItsOwn() throws Exception {
        HistoryEngine engine = engine(sqlite());
        publish(0, 5);

        engine.stop(Duration.ofMillis(100));

        assertThat(directory.resolve("history.journal")).doesNotExist();
    }

    @Test
    void retiresOnTheThreadThatWrites() throws Exception {
        Map<String, String> threads = new ConcurrentHashMap<>();
        HistoryEngine engine = engine(new InterceptedDatabase(sqlite(), noting(threads)));
        engine.start();
        publish(0, 1);
        Awaitility.await().atMost(PATIENCE).until(() -> stored(engine) == 1);

        engine.retire();

        Awaitility.await().atMost(PATIENCE).until(() -> threads.containsKey("retire"));
        assertThat(threads.get("retire")).isEqualTo(threads.get("write"));
        engine.stop(PATIENCE);
    }

    @Test
    void beginsAndWritesWhileEveryThreadForReadersIsTaken() throws Exception {
        Map<String, String> threads = new ConcurrentHashMap<>();
        HistoryEngine engine = engine(new InterceptedDatabase(sqlite(), noting(threads)));
        CountDownLatch release = new CountDownLatch(1);
        fill(engine.scheduler(), release);

        engine.start();
        publish(0, 3);

        Awaitility.await().atMost(PATIENCE).until(() -> engine.figures().written() == 3);
        engine.retire();
        Awaitility.await().atMost(PATIENCE).until(() -> threads.containsKey("retire"));
        assertThatThrownBy(() -> engine.ask(HistoryStore::shards).block(PATIENCE))
                .isInstanceOf(HistoryBusyException.class);
        release.countDown();
        engine.stop(PATIENCE);
    }

    private HistoryEngine engine(Database database) {
        HistoryConfig config = RetentionTest.config(
                Map.of("gatewatch.data-dir", directory.toString(), "gatewatch.instance-id", "one"));
        return new HistoryEngine(config, database, events, new LiveEvents(config, events));
    }

    private Database sqlite() {
        return new SqliteDatabase(directory.resolve("gatewatch.db"), "one", Clock.systemUTC());
    }

    private void publish(int from, int count) {
        for (int i = from; i < from + count; i++) {
            events.publish(new ConnectionEvent.Started(0, Events.second(i)));
        }
    }

    private static int stored(HistoryEngine engine) {
        try {
            return engine.store().between("", "~", 1_000).size();
        } catch (HistoryUnavailableException e) {
            return -1;
        }
    }

    private static void fill(Scheduler scheduler, CountDownLatch release) {
        try {
            while (true) {
                scheduler.schedule(() -> {
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
            }
        } catch (RejectedExecutionException full) {
            assertThat(full).hasMessageContaining("capacity");
        }
    }

    /** The processes of the server that work for us. */
    private static List<String> backends(PostgresAddress address) throws Exception {
        List<String> pids = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(address.url(), address.user(), address.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT pid FROM pg_stat_activity WHERE datname ="
                        + " current_database() AND application_name = 'gatewatch'")) {
            while (rows.next()) {
                pids.add(rows.getString("pid"));
            }
        }
        assertThat(pids).isNotEmpty();
        return pids;
    }

    private static void signal(String signal, List<String> pids) throws Exception {
        List<String> command = new ArrayList<>(List.of("kill", signal));
        command.addAll(pids);
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    /** Notes by method on which thread it ran. */
    private static InterceptedDatabase.Before noting(Map<String, String> threads) {
        return method -> threads.put(method, Thread.currentThread().getName());
    }
}
