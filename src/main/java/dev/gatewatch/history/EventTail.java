package dev.gatewatch.history;

import dev.gatewatch.gateway.ConnectionEvents;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The facts for readers that come and go, and may be slow: each goes on exactly behind the last fact it has.
 *
 * <p>There is no buffer per reader, only its position. It is read from there whenever the reader asks for more and something is new:
 * from memory, or from the database where memory does not reach back far enough. So nothing is missing and nothing comes twice
 * where the past meets the present, and a reader that never asks costs nobody more than a small page.
 */
@Singleton
public class EventTail {

    /** Older facts are not sent any more: who was away for longer is told of a gap. */
    static final Duration OLDEST = Duration.ofHours(24);

    /** From memory, where all readers share the facts. */
    private static final int PAGE = 200;

    /** From the database. Each reader holds its own copies until its socket has taken them, also one that takes nothing. */
    private static final int SMALLEST_PAGE_OF_PAST = 10;

    /** How many facts from the database all readers may hold together, while that leaves each the smallest page. */
    private static final int ALL_PAGES_OF_PAST = 2_000;

    private static final Pattern ULID = Pattern.compile("[0-7][0-9A-HJKMNP-TV-Z]{25}");

    private final LiveEvents live;
    private final HistoryService history;
    private final Scheduler scheduler = Schedulers.newSingle("gatewatch-tail", true);
    private final Sinks.Many<Boolean> news = Sinks.many().replay().latestOrDefault(true);
    private final AtomicInteger readers = new AtomicInteger();
    private final Disposable subscription;

    EventTail(ConnectionEvents events, LiveEvents live, HistoryService history) {
        this.live = live;
        this.history = history;
        subscription = live.stream()
                .map(event -> true)
                .onBackpressureLatest()
                .publishOn(scheduler, 1)
                .subscribe(events.failures()
                        .guard("live stream", more -> news.emitNext(more, Sinks.EmitFailureHandler.FAIL_FAST)));
    }

    /** An id above all that there are, below all to come: who goes on behind it gets all facts from now on, also after a restart. */
    public String now() {
        return live.ids().next(Instant.now());
    }

    /** An id behind which all facts are in memory. */
    public String remembered() {
        return live.recent().floor();
    }

    /**
     * All facts behind this one, then those to come; never completes.
     *
     * <p>Fails with {@link HistoryUnavailableException} when facts may be missing: the database does not answer, no history is
     * kept, it does not reach back to the id any more, the next fact is more than a day old, or the id is none.
     *
     * @param id a stored event's id, or one of {@link #now}
     */
    public Flux<StoredEvent> follow(String id) {
        return Flux.defer(() -> ULID.matcher(id).matches() && id.compareTo(now()) < 0
                ? counted(new Reader(id).read())
                : Flux.error(new HistoryUnavailableException("The last fact's id is not one of this history's")));
    }

    @PreDestroy
    void close() {
        subscription.dispose();
        scheduler.dispose();
    }

    private Flux<StoredEvent> counted(Flux<StoredEvent> read) {
        readers.incrementAndGet();
        return read.doFinally(end -> readers.decrementAndGet());
    }

    private int pageOfPast() {
        int share = ALL_PAGES_OF_PAST / Math.max(1, readers.get());
        return Math.max(SMALLEST_PAGE_OF_PAST, Math.min(PAGE, share));
    }

    /** One reader's place; used by one thread after the other. */
    private final class Reader {

        private String position;

        /** Nothing unread lies in the database up to here. */
        private String known;

        /** Up to where the database is being read. Everything up to here is written. */
        private @Nullable String settled;

        Reader(String position) {
            this.position = position;
            known = position;
        }

        Flux<StoredEvent> read() {
            return news.asFlux().onBackpressureLatest().concatMap(tick -> unread(), 0);
        }

        private Flux<StoredEvent> unread() {
            return Mono.defer(this::page)
                    .expand(page -> page.isEmpty() ? Mono.empty() : Mono.defer(this::page))
                    .concatMapIterable(page -> page, 1);
        }

        private Mono<List<StoredEvent>> page() {
            return live.recent()
                    .after(position, known, PAGE)
                    .map(Mono::just)
                    .orElseGet(this::past)
                    .map(this::advanced);
        }

        private Mono<List<StoredEvent>> past() {
            if (settled != null) {
                return past(settled);
            }
            String floor = live.recent().floor();
            return history.settled().then(Mono.defer(() -> {
                settled = floor;
                return past(floor);
            }));
        }

        private Mono<List<StoredEvent>> past(String until) {
            return history.between(position, until, pageOfPast()).flatMap(page -> {
                if (!page.isEmpty()) {
                    return isTooOld(page.get(0)) ? Mono.error(tooOld()) : Mono.just(page);
                }
                known = until;
                settled = null;
                return page();
            });
        }

        private boolean isTooOld(StoredEvent fact) {
            return fact.at().isBefore(Instant.now().minus(OLDEST));
        }

        private HistoryUnavailableException tooOld() {
            return new HistoryUnavailableException(
                    "Facts that are older than " + OLDEST.toHours() + " h are not sent again");
        }

        private List<StoredEvent> advanced(List<StoredEvent> page) {
            if (!page.isEmpty()) {
                position = page.get(page.size() - 1).id();
                known = position.compareTo(known) > 0 ? position : known;
            }
            return page;
        }
    }
}
