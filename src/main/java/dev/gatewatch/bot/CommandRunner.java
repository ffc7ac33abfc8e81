package dev.gatewatch.bot;

import dev.gatewatch.log.LogEvent;
import discord4j.core.event.domain.interaction.ChatInputInteractionEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Carries out uses of commands: checks, runs the handler in its {@link Lane}, answers in time, explains errors, counts.
 *
 * <p>An answer that is there within {@link #PATIENCE} is the first response; else the response is deferred. An interaction that is
 * too old for that already, after a resume for example, is deferred before anything is done, so that nothing happens that
 * nobody is told of.
 */
final class CommandRunner implements Disposable {

    /** How old an interaction gets before it is deferred: half of Discord's 3 s is left for the way. */
    static final Duration PATIENCE = Duration.ofMillis(1_500);

    private static final Logger log = Logger.getLogger(CommandRunner.class);

    private static final int WAITING_PER_RUNNING = 4;
    private static final Answer DONE = Answer.of("Done.");

    private final CommandConfig config;
    private final Tally tally;
    private final Scheduler clock;
    private final Replies replies;
    private final Checks checks = new Checks();
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();

    /** @param clock runs everything but handlers */
    CommandRunner(CommandConfig config, Tally tally, Scheduler clock) {
        this.config = config;
        this.tally = tally;
        this.clock = clock;
        this.replies = new Replies(clock);
    }

    /** An answer, how it counts, and why. */
    private record Reply(
            Outcome outcome, Answer answer, @Nullable Throwable cause) {}

    /** Serves one use; never fails. */
    Mono<Void> serve(KnownCommand command, ChatInputInteractionEvent event) {
        Use use = Use.of(command.name(), event, command.ephemeral());
        Mono<Reply> reply = Mono.defer(() -> run(command, use))
                .map(answer -> new Reply(Outcome.SUCCESS, answer, null))
                .onErrorResume(error -> Mono.just(explained(HandlerFailure.unwrap(error), use)))
                .cache();
        Duration left = PATIENCE.minus(age(event));
        Mono<Void> served = left.isZero() || left.isNegative() ? later(use, reply) : soon(use, reply, left);
        return served.onErrorResume(error -> Mono.fromRunnable(() -> settle(use, Outcome.UNDELIVERED, error)));
    }

    /** Tells the user that nobody here knows the command. */
    Mono<Void> refuseUnknown(ChatInputInteractionEvent event) {
        Use use = Use.of("unknown", event, true);
        String text = "I do not know `/" + event.getCommandName()
                + "` (any more). If it is still listed, restart Discord (Ctrl+R).";
        return direct(use, new Reply(Outcome.UNKNOWN_COMMAND, Answer.of(text), null));
    }

    @Override
    public void dispose() {
        lanes.values().forEach(Lane::dispose);
    }

    private Mono<Answer> run(KnownCommand command, Use use) {
        checks.check(command, use.event(), clock.now(TimeUnit.NANOSECONDS));
        Duration deadline = config.commandsDeadline();
        String overdue = "/" + command.name() + " did not end within " + deadline;
        return lane(command)
                .run(() -> command.handler().handle(use.event()))
                .defaultIfEmpty(DONE)
                .timeout(deadline, Mono.error(() -> new Explanation.Overdue(overdue)), clock);
    }

    private Mono<Void> soon(Use use, Mono<Reply> reply, Duration patience) {
        return Mono.firstWithSignal(
                        reply.map(Optional::of), Mono.delay(patience, clock).map(tick -> Optional.<Reply>empty()))
                .flatMap(there -> there.map(answer -> direct(use, answer)).orElseGet(() -> later(use, reply)));
    }

    private Mono<Void> direct(Use use, Reply reply) {
        boolean ephemeral = use.ephemeral() || reply.outcome() != Outcome.SUCCESS;
        return replies.reply(use.event(), reply.answer(), ephemeral)
                .then(Mono.<Void>fromRunnable(() -> settle(use, reply.outcome(), reply.cause())))
                .onErrorResume(error -> isMalformed(error) && reply.outcome() == Outcome.SUCCESS
                        ? direct(use, explained(error, use))
                        : undelivered(use, error));
    }

    private Mono<Void> later(Use use, Mono<Reply> reply) {
        return replies.defer(use.event(), use.ephemeral())
                .thenReturn(true)
                .onErrorResume(
                        error -> RestError.code(error) == RestError.ALREADY_ACKNOWLEDGED, error -> Mono.just(false))
                .flatMap(deferred -> reply.flatMap(answer -> finish(use, answer, deferred)))
                .onErrorResume(error -> undelivered(use, error));
    }

    /** Where somebody else has acknowledged it, an edit would overwrite theirs: ours comes after it. */
    private Mono<Void> finish(Use use, Reply reply, boolean deferred) {
        boolean ephemeral = use.ephemeral() || reply.outcome() != Outcome.SUCCESS;
        Mono<Void> sent = deferred
                ? replies.edit(use.event(), reply.answer())
                : replies.followUp(use.event(), reply.answer(), ephemeral);
        return sent.then(Mono.<Void>fromRunnable(() -> settle(use, reply.outcome(), reply.cause())))
                .onErrorResume(
                        error -> isMalformed(error) && reply.outcome() == Outcome.SUCCESS,
                        error -> finish(use, explained(error, use), deferred));
    }

    private Mono<Void> undelivered(Use use, Throwable error) {
        return Mono.fromRunnable(() -> settle(use, RestError.undelivered(error), error));
    }

    private Reply explained(Throwable error, Use use) {
        Explanation explanation = Explanation.of(error, use.reference());
        return new Reply(explanation.outcome(), Answer.of(explanation.text()), error);
    }

    /** Counts and logs how it ended. */
    private void settle(Use use, Outcome outcome, @Nullable Throwable cause) {
        String words = cause == null ? Words.of(outcome) : Redacted.line(cause);
        tally.command(use, outcome, cause == null ? words : Redacted.kind(cause));
        if (outcome == Outcome.FAILED && cause != null) {
            LogEvent.COMMAND_FAILED.log(log, "%s: failed: %s", use, Redacted.trace(cause));
        } else if (outcome == Outcome.UNAVAILABLE && cause != null && cause.getCause() != null) {
            LogEvent.COMMAND_FAILED.log(log, Logger.Level.WARN, "%s: unavailable: %s", use, Redacted.trace(cause));
        } else if (outcome.isError() && outcome != Outcome.OVERLOADED) {
            LogEvent.COMMAND_FAILED.log(log, Logger.Level.WARN, "%s: %s: %s", use, Words.of(outcome), words);
        } else {
            log.debugf("%s: %s: %s", use, Words.of(outcome), words);
        }
    }

    private Lane lane(KnownCommand command) {
        int concurrency = config.commandsConcurrency();
        return lanes.computeIfAbsent(
                command.name(), name -> new Lane(name, concurrency, concurrency * WAITING_PER_RUNNING));
    }

    /** By Discord's clock, which is in the id; zero when ours is behind. */
    private Duration age(ChatInputInteractionEvent event) {
        Duration age = Duration.between(event.getInteraction().getId().getTimestamp(), now());
        return age.isNegative() ? Duration.ZERO : age;
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.now(TimeUnit.MILLISECONDS));
    }

    /** Whether Discord took the answer for none: too long, for example. */
    private static boolean isMalformed(Throwable error) {
        return RestError.status(error) == 400 && RestError.code(error) != RestError.ALREADY_ACKNOWLEDGED;
    }
}
