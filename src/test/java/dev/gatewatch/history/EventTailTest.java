package dev.gatewatch.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.gateway.ConnectionEvents;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/** Readers that were away, of facts that the process before has written. */
class EventTailTest {

    private static final int FACTS = 1_000;
    private static final int AWAY = LiveEvents.REMEMBERED + 100;
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    Path directory;

    private final AtomicInteger settled = new AtomicInteger();
    private final AtomicInteger pages = new AtomicInteger();
    private final Disposable.Composite others = Disposables.composite();
    private String first;
    private List<StoredEvent> written;
    private ConnectionEvents events;
    private LiveEvents live;
    private HistoryEngine engine;
    private EventTail tail;

    @BeforeEach
    void restart() throws InterruptedException {
        start();
        publish(1 + FACTS);
        Awaitility.await().atMost(PATIENCE).until(() -> engine.figures().written() == 1 + FACTS);
        first = engine.store().between("", "~", 1).get(0).id();
        written = engine.store().between(first, "~", FACTS);
        stop();
        start();
    }

    @AfterEach
    void end() throws InterruptedException {
        others.dispose();
        stop();
    }

    @Test
    void areGivenAllInLargePagesWhileTheyAreFewAndTheWriterIsAskedOnce() {
        assertThat(read(FACTS)).isEqualTo(written);

        assertThat(settled).hasValue(1);
        assertThat(pages).hasValueLessThanOrEqualTo(FACTS / 200 + 2);
    }

    @Test
    void areGivenAllInSmallPagesWhileTheyAreMany() {
        for (int i = 0; i < 500; i++) {
            others.add(tail.follow(tail.now()).subscribe());
        }

        assertThat(read(FACTS)).isEqualTo(written);

        assertThat(settled).hasValue(1);
        assertThat(pages).hasValueGreaterThanOrEqualTo(FACTS / 10);
    }

    @Test
    void areGivenLargePagesAgainWhenTheOthersHaveLeft() {
        for (int i = 0; i < 500; i++) {
            tail.follow(tail.now()).subscribe().dispose();
        }

        read(FACTS);

        assertThat(pages).hasValueLessThanOrEqualTo(FACTS / 200 + 2);
    }

    @Test
    void missNothingThatMemoryLosesWhileTheyRead() {
        List<StoredEvent> read = tail.follow(first)
                .doOnNext(fact -> {
                    if (fact.equals(written.get(FACTS / 2))) {
                        publish(AWAY);
                    }
                })
                .take(FACTS + AWAY)
                .collectList()
                .block(PATIENCE);

        Awaitility.await().atMost(PATIENCE).until(() -> engine.figures().written() == AWAY);
        List<StoredEvent> all = new ArrayList<>(engine.store().between(first, "~", FACTS + AWAY));
        assertThat(read).hasSize(FACTS + AWAY).isEqualTo(all);
    }

    private List<StoredEvent> read(int count) {
        return tail.follow(first).take(count).collectList().block(PATIENCE);
    }

    private void publish(int count) {
        for (int i = 0; i < count; i++) {
            events.publish(new ConnectionEvent.Started(0, Instant.now()));
        }
    }

    private void start() {
        HistoryConfig config = RetentionTest.config(Map.of("gatewatch.data-dir", directory.toString()));
        events = new ConnectionEvents();
        live = new LiveEvents(config, events);
        Database database = new SqliteDatabase(directory.resolve("gatewatch.db"), "default", Clock.systemUTC());
        engine = new HistoryEngine(config, database, events, live);
        engine.start();
        tail = new EventTail(events, live, new Counting(config));
        Awaitility.await().atMost(PATIENCE).until(() -> engine.status() == DatabaseStatus.HEALTHY);
    }

    private void stop() throws InterruptedException {
        tail.close();
        live.close();
        engine.stop(PATIENCE);
    }

    /** A service that has the engine of the test, and counts what the readers ask. */
    private final class Counting extends HistoryService {

        Counting(HistoryConfig config) {
            super(config, events, live, null);
        }

        @Override
        HistoryEngine required() {
            return engine;
        }

        @Override
        Mono<Void> settled() {
            settled.incrementAndGet();
            return super.settled();
        }

        @Override
        Mono<List<StoredEvent>> between(String after, String until, int limit) {
            pages.incrementAndGet();
            return super.between(after, until, limit);
        }
    }
}
