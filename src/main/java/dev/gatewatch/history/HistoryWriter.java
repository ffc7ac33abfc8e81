package dev.gatewatch.history;

import dev.gatewatch.log.LogEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * Writes entries to the database in their order, each once, whatever becomes of the database or of this process.
 *
 * <p>An entry waits in memory until it is in the database, or, when that fails, in the journal on local disk. The journal is
 * emptied into the database before anything newer is written. Should both fail, entries stay in memory up to a bound; only what
 * comes beyond is lost, and said to be. All work is done on one worker; {@link #offer} may be called from any thread and never
 * blocks. The worker needs a thread of its own, with room for every task: the writer gives itself its next task.
 */
final class HistoryWriter {

    /** How many entries may wait in memory; some 5 MB. */
    static final int CAPACITY = 10_000;

    /** How often the database is looked at and touched although nothing is to be written, so that trouble shows. */
    static final Duration PULSE = Duration.ofSeconds(5);

    private static final Logger log = Logger.getLogger(HistoryWriter.class);
    private static final int BATCH = 500;

    /** How long a stop waits for the journal, whose disk may hang as the database's does. */
    private static final Duration JOURNAL_PATIENCE = Duration.ofSeconds(2);

    private static final long JOURNAL_RETRY_MILLIS = 1_000;

    private final StoreLink link;
    private final Journal journal;
    private final RefusedEntries refused;
    private final EntryBuffer buffer;
    private final Scheduler scheduler;
    private final Scheduler.Worker worker;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final WatchedShards watched = new WatchedShards();
    private final Disposable.Swap retry = Disposables.swap();
    private final LongAdder written = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder journalled = new LongAdder();
    private volatile boolean started;
    private volatile boolean abandoned;
    private boolean journalFailed;

    HistoryWriter(StoreLink link, Journal journal, RefusedEntries refused, EntryBuffer buffer, Scheduler scheduler) {
        this.link = link;
        this.journal = journal;
        this.refused = refused;
        this.buffer = buffer;
        this.scheduler = scheduler;
        worker = scheduler.createWorker();
    }

    /** Begins; {@code opened} runs after the first attempt to reach the database, whatever came of it. */
    void start(Runnable opened) {
        worker.schedule(() -> {
            started = true;
            drain();
            opened.run();
        });
        worker.schedulePeriodically(this::pulse, PULSE.toMillis(), PULSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Takes an entry; never blocks, never fails. */
    void offer(HistoryEntry entry) {
        if (!buffer.offer(entry)) {
            long lost = buffer.lost();
            if (Long.bitCount(lost) == 1) {
                LogEvent.HISTORY_LOST.log(
                        log,
                        "%d entries of the history are LOST: neither the database nor the journal takes them",
                        lost);
            }
            return;
        }
        wake();
    }

    /** Writes what waits now, or fails to; {@code done} runs after that. */
    void settle(Runnable done) {
        worker.schedule(() -> {
            drain();
            done.run();
        });
    }

    /** Ends the incidents of shards that are not run any more. What is written at the same time elsewhere would undo it. */
    void retire() {
        worker.schedule(() -> {
            if (started) {
                HistoryJobs.carefully("tidied", () -> link.connect().retire(now()));
            }
        });
    }

    /**
     * Writes what waits, then ends. A database that hangs holds the worker, but not the caller: after this time what waits goes to the
     * journal. A journal that hangs holds the caller for a short time only.
     */
    void stop(Duration patience) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        worker.schedule(() -> {
            drain();
            retry.dispose();
            link.close();
            ended.countDown();
        });
        if (!ended.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            Thread last = new Thread(this::abandon, "gatewatch-history-stop");
            last.setDaemon(true);
            last.start();
            last.join(JOURNAL_PATIENCE.toMillis());
            if (started && buffer.size() > 0) {
                LogEvent.HISTORY_LOST.log(
                        log,
                        "%d entries of the history are LOST: neither the database nor the journal took them before the"
                                + " stop",
                        buffer.size());
            }
        }
        worker.dispose();
    }

    /** What it has done so far; instant, safe from any thread. */
    HistoryFigures figures() {
        return new HistoryFigures(
                written.sum(),
                failures.sum(),
                journalled.sum(),
                refused.count(),
                buffer.lost(),
                buffer.size(),
                CAPACITY,
                link.isHealthy());
    }

    private void wake() {
        if (scheduled.compareAndSet(false, true)) {
            try {
                worker.schedule(() -> {
                    scheduled.set(false);
                    drain();
                });
            } catch (RejectedExecutionException e) {
                scheduled.set(false); // the next entry, or the next pulse, tries again
            }
        }
    }

    private void pulse() {
        drain();
        try {
            if (link.isHealthy()) {
                link.verify();
                link.connect().pulse(watched.now(), now());
            }
        } catch (RuntimeException e) {
            trouble(e);
        }
    }

    private void drain() {
        if (!started) {
            return; // neither the database nor the journal may be ours yet
        }
        try {
            HistoryStore store = link.connect();
            replay(store);
            for (List<HistoryEntry> batch = buffer.peek(BATCH); !batch.isEmpty(); batch = buffer.peek(BATCH)) {
                write(store, batch);
                forget(batch);
                watched.note(batch);
            }
            if (!link.isHealthy()) {
                store.pulse(watched.now(), now()); // opening only reads; it works when it can be written
                link.worked();
            }
        } catch (RuntimeException e) {
            trouble(e);
        }
    }

    private void replay(HistoryStore store) {
        try {
            while (!journal.isEmpty()) {
                Journal.Batch batch = journal.next(BATCH);
                write(store, batch.entries());
                forget(batch);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The journal could not be read", e);
        }
    }

    private void forget(List<HistoryEntry> written) {
        synchronized (journal) {
            refuseAbandoned();
            buffer.remove(written.size());
        }
    }

    private void forget(Journal.Batch written) throws IOException {
        synchronized (journal) {
            refuseAbandoned();
            journal.consume(written);
        }
    }

    /** A database that hung may still answer. By then another thread has written to the journal what waited. */
    private void refuseAbandoned() {
        if (abandoned) {
            throw new HistoryUnavailableException("The process ends");
        }
    }

    private void abandon() {
        synchronized (journal) {
            if (started) {
                spill();
            }
            abandoned = true;
        }
    }

    /** Finds an entry that the database refuses by halving the batch. What is written twice on the way is stored once. */
    private void write(HistoryStore store, List<HistoryEntry> batch) {
        try {
            store.write(batch);
            written.add(batch.size());
        } catch (EntryRefusedException e) {
            if (batch.size() == 1) {
                refused.add(batch.get(0), e);
                return;
            }
            write(store, batch.subList(0, batch.size() / 2));
            write(store, batch.subList(batch.size() / 2, batch.size()));
        }
    }

    private void trouble(RuntimeException failure) {
        if (abandoned) {
            return;
        }
        if (link.waitMillis() == 0 || failure != link.trouble()) {
            failures.increment();
            link.failed(failure);
        }
        spill();
        if (worker.isDisposed()) {
            return;
        }
        long wait = buffer.size() > 0 ? Math.min(JOURNAL_RETRY_MILLIS, link.waitMillis()) : link.waitMillis();
        retry.update(worker.schedule(this::drain, Math.max(1, wait), TimeUnit.MILLISECONDS));
    }

    private void spill() {
        synchronized (journal) {
            if (!abandoned) {
                spillTo(journal);
            }
        }
    }

    private void spillTo(Journal file) {
        try {
            for (List<HistoryEntry> batch = buffer.peek(BATCH); !batch.isEmpty(); batch = buffer.peek(BATCH)) {
                file.append(batch);
                buffer.remove(batch.size());
                journalled.add(batch.size());
                watched.note(batch); // no pulse comes before the journal is in the database
            }
            journalFailed = false;
        } catch (IOException | RuntimeException e) {
            if (!journalFailed) {
                LogEvent.JOURNAL_FAILED.log(
                        log, "The journal does not work either: %s. Events wait in memory only.", StoreLink.reason(e));
            }
            journalFailed = true;
        }
    }

    private Instant now() {
        return Instant.ofEpochMilli(scheduler.now(TimeUnit.MILLISECONDS));
    }
}
