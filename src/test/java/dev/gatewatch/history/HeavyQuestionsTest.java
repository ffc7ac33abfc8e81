package dev.gatewatch.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.gateway.ConnectionEvents;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions that read much of the history, on a real SQLite whose losses are read only when the test lets them be. */
class HeavyQuestionsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final List<Instant> EDGES = List.of(Events.second(0), Events.second(3_600));

    @TempDir
    Path directory;

    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger reading = new AtomicInteger();
    private final AtomicInteger mostReading = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();
    private final ConcurrentLinkedQueue<Integer> answered = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Throwable> refused = new ConcurrentLinkedQueue<>();
    private final ConnectionEvents events = new ConnectionEvents();
    private HistoryEngine engine;
    private History history;

    @BeforeEach
    void start() {
        HistoryConfig config = RetentionTest.config(Map.of("gatewatch.data-dir", directory.toString()));
        LiveEvents live = new LiveEvents(config, events);
        engine = new HistoryEngine(
                config,
                new InterceptedDatabase(
                        new SqliteDatabase(directory.resolve("gatewatch.db"), "default", Clock.systemUTC()),
                        this::awaitGate),
                events,
                live);
        engine.start();
        history = new History(new Serving(config, live));
        Awaitility.await().atMost(PATIENCE).until(() -> engine.status() == DatabaseStatus.HEALTHY);
    }

    @AfterEach
    void stop() throws InterruptedException {
        gate.countDown();
        engine.stop(PATIENCE);
    }

    @Test
    void areAnsweredOneAtATimeInTheirOrderAndRefusedBeyondThoseThatMayWait() {
        ask(0);
        Awaitility.await().atMost(PATIENCE).until(() -> reading.get() == 1);
        int all = HistoryEngine.MOST_WAITING + 1;
        for (int number = 1; number < all + 3; number++) {
            ask(number);
        }

        assertThat(refused).hasSize(3).allSatisfy(error -> assertThat(error).isInstanceOf(HistoryBusyException.class));
        assertThatThrownBy(() -> history.uptime().block(PATIENCE)).isInstanceOf(HistoryBusyException.class);
        assertThat(answered).isEmpty();

        gate.countDown();
        Awaitility.await().atMost(PATIENCE).until(() -> answered.size() == all);
        assertThat(List.copyOf(answered)).isSorted();
        assertThat(mostReading).hasValue(1);
        assertThat(history.availability(EDGES).block(PATIENCE)).isNotNull();
        assertThat(history.uptime().block(PATIENCE)).isNotEmpty();
    }

    @Test
    void holdUpNeitherTheWriterNorTheOtherQuestions() {
        for (int number = 0; number < HistoryEngine.MOST_WAITING; number++) {
            ask(number);
        }
        Awaitility.await().atMost(PATIENCE).until(() -> reading.get() > 0);

        events.publish(new ConnectionEvent.Started(0, Instant.now()));

        Awaitility.await().atMost(PATIENCE).until(() -> engine.figures().written() == 1);
        assertThat(history.events(new EventQuery(null, null, null, Set.of(), null, 10))
                        .block(PATIENCE)
                        .items())
                .hasSize(1);
        assertThat(answered).isEmpty();
    }

    @Test
    void aboutUptimeShareOneAnswerUntilMaintenanceChangesIt() {
        for (int number = 0; number < 50; number++) {
            int asked = number;
            history.uptime().subscribe(answer -> answered.add(asked), refused::add);
        }
        gate.countDown();
        Awaitility.await().atMost(PATIENCE).until(() -> answered.size() == 50);
        List<UptimeReport> first = history.uptime().block(PATIENCE);
        assertThat(refused).isEmpty();
        assertThat(reads).hasValue(1);

        MaintenanceWindow window = history.addMaintenance(Events.second(0), Events.second(60), "a new disk")
                .block(PATIENCE);
        assertThat(history.uptime().block(PATIENCE)).isNotSameAs(first);
        assertThat(reads).hasValue(2);

        history.removeMaintenance(window.id()).block(PATIENCE);
        history.uptime().block(PATIENCE);
        assertThat(reads).hasValue(3);
    }

    private void ask(int number) {
        history.availability(EDGES).subscribe(answer -> answered.add(number), refused::add);
    }

    private void awaitGate(String method) throws InterruptedException {
        if (!method.equals("losses")) {
            return;
        }
        reads.incrementAndGet();
        mostReading.accumulateAndGet(reading.incrementAndGet(), Math::max);
        try {
            gate.await();
        } finally {
            reading.decrementAndGet();
        }
    }

    /** A service that has the engine of the test. */
    private final class Serving extends HistoryService {

        Serving(HistoryConfig config, LiveEvents live) {
            super(config, events, live, null);
        }

        @Override
        HistoryEngine required() {
            return engine;
        }
    }
}
