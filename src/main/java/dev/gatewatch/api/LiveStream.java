package dev.gatewatch.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatewatch.gateway.ConnectionEvents;
import dev.gatewatch.history.EventTail;
import dev.gatewatch.history.HistoryUnavailableException;
import dev.gatewatch.status.StatusBoard;
import io.vertx.core.buffer.Buffer;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * What a reader of {@code /discord-status/stream} gets: the status now and whenever it changes, facts as they happen, heartbeats.
 *
 * <p>Nothing is prepared for a reader before it asks: a slow one skips all statuses but the latest, and gets facts from where it
 * is.
 */
@Singleton
final class LiveStream {

    /** A status that changes all the time, as while guilds arrive, is told at most so often. */
    static final Duration CALM = Duration.ofMillis(250);

    private static final int RETRY_MILLIS = 2_000;

    private final Frames frames;
    private final EventTail tail;
    private final Duration heartbeat;
    private final Scheduler scheduler = Schedulers.newSingle("gatewatch-stream", true);
    private final Sinks.Many<Boolean> changes = Sinks.many().replay().latestOrDefault(true);
    private final Disposable subscription;

    LiveStream(
            ConnectionEvents events,
            StatusBoard board,
            CurrentStatus status,
            EventTail tail,
            ObjectMapper json,
            ApiConfig config) {
        frames = new Frames(board, status, json, CALM);
        this.tail = tail;
        heartbeat = config.streamHeartbeat();
        subscription = board.changes()
                .publishOn(scheduler, 1)
                .concatMap(
                        changed -> Mono.just(true)
                                .concatWith(Mono.delay(CALM, scheduler).then(Mono.empty())),
                        0)
                .subscribe(events.failures()
                        .guard("live stream", change -> changes.emitNext(change, Sinks.EmitFailureHandler.FAIL_FAST)));
    }

    /**
     * A stream for one reader; completes when {@code end} does, with a farewell.
     *
     * @param lastEventId the last fact the reader has; null for those from now on only
     */
    Flux<Buffer> open(@Nullable String lastEventId, Mono<?> end) {
        return Flux.defer(() -> lastEventId == null
                ? open(tail.now(), Sse::begin, end)
                : open(lastEventId, (millis, known) -> Sse.retry(millis), end));
    }

    /** A reader without an id gets one at once: it may be cut off before its first fact, and would not know what it missed. */
    private Flux<Buffer> open(String id, BiFunction<Integer, String, Buffer> begin, Mono<?> end) {
        Flux<Piece> statuses =
                changes.asFlux().onBackpressureLatest().map(changed -> new Piece(Turn.STATUS, frames::status));
        Flux<Piece> beats = Flux.interval(heartbeat, scheduler)
                .onBackpressureLatest()
                .map(beat -> new Piece(Turn.HEARTBEAT, () -> Sse.comment("heartbeat")));
        Flux<Buffer> live = Flux.mergePriority(1, Comparator.comparing(Piece::turn), statuses, beats, facts(id))
                .map(piece -> piece.text().get());
        return Flux.just(begin.apply(RETRY_MILLIS, id))
                .concatWith(live)
                .takeUntilOther(end)
                .concatWith(Mono.fromSupplier(() -> Sse.event("bye", null, "{}")));
    }

    @PreDestroy
    void close() {
        subscription.dispose();
        scheduler.dispose();
    }

    /** Nothing is missing without being told so; behind a gap come the facts that are remembered. */
    private Flux<Piece> facts(String id) {
        return tail.follow(id)
                .map(fact -> new Piece(Turn.FACT, () -> frames.fact(fact)))
                .onErrorResume(HistoryUnavailableException.class, cause -> {
                    String remembered = tail.remembered();
                    return Flux.just(gap(cause, remembered)).concatWith(facts(remembered));
                });
    }

    /** The id lets a reader go on behind the gap. */
    private Piece gap(HistoryUnavailableException cause, String id) {
        String message = "Facts may be missing here: " + cause.getMessage() + ". /history/events has what is known.";
        return new Piece(Turn.FACT, () -> frames.gap(id, message));
    }

    /** What comes first when several wait; a flood of facts keeps back neither the status nor the sign of life. */
    private enum Turn {
        STATUS,
        HEARTBEAT,
        FACT
    }

    /** Something to send, written only when its turn has come. */
    private record Piece(Turn turn, Supplier<Buffer> text) {}
}
