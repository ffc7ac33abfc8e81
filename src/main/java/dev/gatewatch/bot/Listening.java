package dev.gatewatch.bot;

import dev.gatewatch.log.LogEvent;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jboss.logging.Logger;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** One listener in its {@link Lane}: an event at a time, so many waiting, more are dropped. */
final class Listening<E> implements Disposable {

    private static final Logger log = Logger.getLogger(Listening.class);

    private static final int WAITING = 1_024;

    private final String name;
    private final Class<? extends E> type;
    private final Function<E, Mono<Void>> handler;
    private final ToIntFunction<E> shard;
    private final CommandConfig config;
    private final Tally tally;
    private final Scheduler clock;
    private final Lane lane;

    /** @param shard which shard an event is about */
    Listening(
            Object listener,
            Class<? extends E> type,
            Function<E, Mono<Void>> handler,
            ToIntFunction<E> shard,
            CommandConfig config,
            Tally tally,
            Scheduler clock) {
        name = listener.getClass().getSimpleName().replace("_ClientProxy", "");
        this.type = type;
        this.handler = handler;
        this.shard = shard;
        this.config = config;
        this.tally = tally;
        this.clock = clock;
        lane = new Lane(name, 1, WAITING);
    }

    /** Whether events of this type are handed over. */
    boolean takes(Class<?> candidate) {
        return type.isAssignableFrom(candidate);
    }

    /** Hands an event over, if it is of the type; never waits and never fails. */
    void offer(E event) {
        if (type.isInstance(event)) {
            lane.run(() -> handler.apply(event))
                    .timeout(
                            config.commandsDeadline(),
                            Mono.error(() -> new Explanation.Overdue(name + " did not end in time")),
                            clock)
                    .subscribe(done -> {}, error -> ended(event, error), () -> count(event, Outcome.SUCCESS, ""));
        }
    }

    @Override
    public void dispose() {
        lane.dispose();
    }

    private void ended(E event, Throwable error) {
        Throwable cause = HandlerFailure.unwrap(error);
        Outcome outcome = Outcome.FAILED;
        if (cause instanceof OverloadedException) {
            outcome = Outcome.OVERLOADED;
        } else if (cause instanceof Explanation.Overdue) {
            outcome = Outcome.TIMEOUT;
        }
        if (count(event, outcome, Redacted.kind(cause))) {
            LogEvent.LISTENER_FAILED.log(
                    log,
                    "%s: %s for %s: %s",
                    name,
                    Words.of(outcome),
                    event.getClass().getSimpleName(),
                    outcome == Outcome.FAILED ? Redacted.trace(cause) : Redacted.line(cause));
        }
    }

    private boolean count(E event, Outcome outcome, String words) {
        return tally.listener(shard.applyAsInt(event), name, outcome, words);
    }
}
