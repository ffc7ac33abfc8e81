package dev.gatewatch.history;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.gateway.ConnectionEvents;
import dev.gatewatch.history.StoredEvent.Detail;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A running history: takes every fact, keeps the writer supplied, and owns the one scheduler on which JDBC is done.
 *
 * <p>Nothing it does for a fact blocks or fails: the thread that publishes facts is the gateway's.
 */
final class HistoryEngine {

    private static final int MOST_QUEUED = 1_000;
    private static final long JOURNAL_BYTES = 256L << 20;

    private final EventIds ids = new EventIds();
    private final String instance;
    private final EventTranslator translator;
    private final Sampler sampler;
    private final Scheduler scheduler = Schedulers.newBoundedElastic(Pool.SIZE, MOST_QUEUED, "gatewatch-history");
    private final EntryBuffer buffer = new EntryBuffer(HistoryWriter.CAPACITY);
    private final StoreLink link;
    private final HistoryWriter writer;
    private final Disposable subscription;
    private final CountDownLatch opened = new CountDownLatch(1);

    HistoryEngine(HistoryConfig config, Database database, ConnectionEvents events) {
        instance = config.instanceId();
        translator = new EventTranslator(instance, ids);
        sampler = new Sampler(instance);
        link = new StoreLink(database, scheduler);
        Journal journal = new Journal(config.dataDir().resolve("history.journal"), JOURNAL_BYTES);
        writer = new HistoryWriter(link, journal, buffer, scheduler);
        subscription = events.stream().subscribe(this::note);
    }

    /** Begins, and waits for the first word from the database, but no longer than this. */
    void start(Duration patience) throws InterruptedException {
        writer.start(opened::countDown);
        opened.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (link.trouble() instanceof NewerSchemaException newer) {
            throw newer;
        }
    }

    /** Writes what waits, but waits no longer than this, and ends. */
    void stop(Duration patience) throws InterruptedException {
        subscription.dispose();
        CountDownLatch written = new CountDownLatch(1);
        writer.stop(written::countDown);
        written.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        scheduler.dispose();
    }

    /** Ends the current minute. */
    void sample(Instant now) {
        sampler.take(now).forEach(writer::offer);
    }

    /** Notes what Discord's status page said, for each shard that is away. */
    void statusPage(Instant at, String word) {
        for (int shard : sampler.away()) {
            writer.offer(new StoredEvent(
                    ids.next(at),
                    instance,
                    shard,
                    at.truncatedTo(ChronoUnit.MILLIS),
                    EventKind.STATUS_PAGE_READ,
                    Detail.words(null, word)));
        }
    }

    /** The shards that are not connected. */
    List<Integer> away() {
        return sampler.away();
    }

    /** The open store. */
    HistoryStore store() {
        return link.borrow();
    }

    /** Where JDBC is done. */
    Scheduler scheduler() {
        return scheduler;
    }

    /** Makes ids. */
    EventIds ids() {
        return ids;
    }

    /** What the writer has done so far. */
    HistoryFigures figures() {
        return writer.figures();
    }

    DatabaseStatus status() {
        return link.isHealthy() && buffer.size() < HistoryWriter.CAPACITY
                ? DatabaseStatus.HEALTHY
                : DatabaseStatus.UNHEALTHY;
    }

    private void note(ConnectionEvent event) {
        sampler.note(event);
        event.accept(translator).ifPresent(writer::offer);
    }
}
