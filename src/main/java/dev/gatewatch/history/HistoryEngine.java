package dev.gatewatch.history;

import dev.gatewatch.connection.ForeignText;
import dev.gatewatch.gateway.ConnectionEvents;
import dev.gatewatch.history.StoredEvent.Detail;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A running history: takes every fact, keeps the writer supplied, and owns the threads on which JDBC is done.
 *
 * <p>Nothing it does for a fact blocks or fails: the thread that publishes facts is the gateway's.
 */
final class HistoryEngine {

    /** How many questions that read much may wait while another is worked on. */
    static final int MOST_WAITING = 8;

    /** How long others wait for the database's first word: the gateway, so as not to spend an IDENTIFY beside a newer schema. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** The writer, the question that reads much and the readers that catch up have a connection each. */
    private static final int READERS = Pool.SIZE - 3;

    private static final int MOST_QUEUED = 1_000;
    private static final long JOURNAL_BYTES = 256L << 20;
    private static final long REFUSED_BYTES = 16L << 20;

    private final LiveEvents live;
    private final Sampler sampler;
    private final Scheduler scheduler = Schedulers.newBoundedElastic(READERS, MOST_QUEUED, "gatewatch-history");
    private final Scheduler heavy = Schedulers.newBoundedElastic(1, MOST_WAITING, "gatewatch-history-heavy");
    private final Scheduler catchingUp = Schedulers.newSingle("gatewatch-history-catching-up");
    private final Scheduler writing = Schedulers.newSingle("gatewatch-history-writer");
    private final EntryBuffer buffer = new EntryBuffer(HistoryWriter.CAPACITY);
    private final StoreLink link;
    private final HistoryWriter writer;
    private final Disposable.Composite subscriptions = Disposables.composite();
    private final Sinks.Empty<Void> firstWord = Sinks.empty();
    private final Mono<Void> opened =
            firstWord.asMono().timeout(PATIENCE, Mono.empty()).cache();

    HistoryEngine(HistoryConfig config, Database database, ConnectionEvents events, LiveEvents live) {
        this.live = live;
        sampler = new Sampler(config.instanceId());
        link = new StoreLink(database, writing);
        Journal journal = new Journal(config.dataDir().resolve("history.journal"), JOURNAL_BYTES);
        RefusedEntries refused =
                new RefusedEntries(new Journal(config.dataDir().resolve("history.refused"), REFUSED_BYTES));
        writer = new HistoryWriter(link, journal, refused, buffer, writing);
        subscriptions.add(events.read("samples", sampler::note));
        subscriptions.add(live.stream().subscribe(events.failures().guard("history", writer::offer)));
    }

    /** Begins to open the database. */
    void start() {
        writer.start(firstWord::tryEmitEmpty);
    }

    /**
     * Completes when the database has said its first word, or has been given the time to; fails with {@link NewerSchemaException} when
     * that word is that it was made by a newer Gatewatch.
     */
    Mono<Void> accepted() {
        return firstWord
                .asMono()
                .timeout(PATIENCE, Mono.empty())
                .then(Mono.defer(() ->
                        link.trouble() instanceof NewerSchemaException newer ? Mono.error(newer) : Mono.<Void>empty()));
    }

    /**
     * An answer of the store, worked out where JDBC is done, once the database has been given the time to open. Fails with {@link
     * HistoryBusyException} when too many wait.
     */
    <T> Mono<T> ask(Function<HistoryStore, T> question) {
        return opened.then(work(() -> question.apply(store()), scheduler));
    }

    /**
     * The same for a question that reads much: one at a time, on a thread of its own.
     */
    <T> Mono<T> askMuch(Function<HistoryStore, T> question) {
        return opened.then(work(() -> question.apply(store()), heavy));
    }

    /** Writes what waits, and ends. What the database does not take within this time goes to the journal. */
    void stop(Duration patience) throws InterruptedException {
        subscriptions.dispose();
        writer.stop(patience);
        scheduler.dispose();
        heavy.dispose();
        catchingUp.dispose();
        writing.dispose();
    }

    /** Ends the incidents of shards that are not run any more. */
    void retire() {
        writer.retire();
    }

    /** Ends the current minute. */
    void sample(Instant now) {
        sampler.take(now).forEach(writer::offer);
    }

    /** Notes what Discord's status page said, for each shard that is away. */
    void statusPage(Instant at, String word) {
        Detail said = Detail.words(null, ForeignText.clean(word));
        for (int shard : sampler.away()) {
            live.tell(shard, at, EventKind.STATUS_PAGE_READ, said);
        }
    }

    /** The shards that are not connected. */
    List<Integer> away() {
        return sampler.away();
    }

    /** Completes when everything known by now is written, or has failed to be. */
    Mono<Void> settled() {
        return Mono.create(sink -> writer.settle(sink::success));
    }

    /**
     * The facts between two ids, the first excluded, in their order; only what is written. Fails with {@link
     * HistoryUnavailableException} when facts behind the first id may be missing. One answer at a time is worked out, on a
     * thread of its own: thousands may ask, and hold nobody else up.
     */
    Mono<List<StoredEvent>> between(String after, String until, int limit) {
        return work(() -> known(after, until, limit), catchingUp);
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
        return live.ids();
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

    private List<StoredEvent> known(String after, String until, int limit) {
        if (!link.isHealthy()) {
            throw new HistoryUnavailableException("Facts wait to be written: the database does not work");
        }
        HistoryStore store = store();
        if (!store.reachesBackTo(after)) {
            throw new HistoryUnavailableException("The history does not reach back to the last fact's id");
        }
        return store.between(after, until, limit);
    }

    private static <T> Mono<T> work(Callable<T> question, Scheduler where) {
        return Mono.fromCallable(question)
                .subscribeOn(where)
                .onErrorMap(RejectedExecutionException.class, HistoryBusyException::new);
    }
}
