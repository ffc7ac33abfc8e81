package dev.gatewatch.alert;

import dev.gatewatch.alert.Delivery.Outcome;
import dev.gatewatch.alert.TargetReport.State;
import dev.gatewatch.connection.Backoff;
import dev.gatewatch.gateway.ReaderFailures;
import dev.gatewatch.log.LogEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The way to one target: delivers its messages one after the other, in their order, each until it is taken.
 *
 * <p>A target that says three times in a row that it is not there, or does not let us in, is tried slowly from then on. A webhook on
 * Discord is given up instead, since Discord bans addresses for requests that it refuses: its messages wait until a test alert gets
 * through or the process starts again. Every other trouble is met with patience. Used on the alerts' thread only.
 */
final class Lane {

    /** How often in a row a target may say that it is gone. */
    static final int STRIKES = 3;

    /** How often a target is tried that said so. */
    static final Duration SLOWLY = Duration.ofMinutes(15);

    /** Who fails here, for the log. */
    private static final String READER = "alerts";

    private static final Logger log = Logger.getLogger(Lane.class);

    private final Target target;
    private final Sender sender;
    private final Backoff backoff;
    private final Duration giveUpAfter;
    private final Mirror mirror;
    private final DeliveryCounter counter;
    private final ReaderFailures failures;
    private final Scheduler scheduler;
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private final Disposable.Swap timer = Disposables.swap();
    private final Disposable.Swap request = Disposables.swap();
    private boolean sending;
    private boolean failing;
    private int strikes;
    private TargetReport.@Nullable Last last;

    Lane(
            Target target,
            Sender sender,
            Backoff backoff,
            Duration giveUpAfter,
            Mirror mirror,
            DeliveryCounter counter,
            ReaderFailures failures,
            Scheduler scheduler) {
        this.target = target;
        this.sender = sender;
        this.backoff = backoff;
        this.giveUpAfter = giveUpAfter;
        this.mirror = mirror;
        this.counter = counter;
        this.failures = failures;
        this.scheduler = scheduler;
        counter.expect(target);
    }

    Target target() {
        return target;
    }

    /** Takes a message, behind those that wait. */
    void add(Parcel parcel) {
        queue.addLast(waiting(parcel));
        wake();
    }

    /** Takes what the process before left, before those that wait; given in their order. */
    void adopt(List<Parcel> left) {
        Waiting inFlight = sending ? queue.pollFirst() : null;
        for (int i = left.size() - 1; i >= 0; i--) {
            queue.addFirst(waiting(left.get(i)));
        }
        if (inFlight != null) {
            queue.addFirst(inFlight);
        }
        wake();
    }

    /** Throws away what is too old to be told, and goes on should anything have stopped the deliveries. */
    void look() {
        expire();
        wake();
    }

    private void expire() {
        Iterator<Waiting> all = queue.iterator();
        while (all.hasNext()) {
            Waiting waiting = all.next();
            Parcel parcel = waiting.parcel();
            boolean inFlight = sending && waiting.equals(queue.peekFirst());
            if (!inFlight && nanos() > waiting.end()) {
                all.remove();
                drop(parcel);
                note(parcel, Delivery.of(Outcome.EXPIRED, null, "not delivered within " + Words.of(giveUpAfter)));
                LogEvent.ALERT_EXPIRED.log(
                        log,
                        "Alert \"%s\" was never delivered to %s and is thrown away after %s (GATEWATCH_ALERT_GIVE_UP_AFTER)",
                        parcel.message().title(),
                        target,
                        Words.of(giveUpAfter));
            }
        }
    }

    /** A test alert got through: whatever was wrong is over, and what waits need not wait longer. */
    void revive() {
        strikes = 0;
        Waiting first = queue.peekFirst();
        if (first != null && !sending) {
            queue.removeFirst();
            queue.addFirst(new Waiting(first.parcel(), nanos(), first.end()));
        }
        wake();
    }

    /** Notes how a test alert ended. */
    void note(AlertMessage test, Delivery delivery) {
        last = new TargetReport.Last(now(), test.occasion().word(), delivery);
        counter.count(target, delivery.outcome());
    }

    TargetReport report() {
        State state = isGivenUp() ? State.GONE : failing ? State.RETRYING : State.READY;
        Waiting first = queue.peekFirst();
        boolean waits = first != null && failing && !isGivenUp();
        return new TargetReport(
                target.name(),
                target.kind().word(),
                state,
                queue.size(),
                last,
                waits ? now().plusNanos(Math.max(0, first.due() - nanos())) : null);
    }

    void close() {
        timer.dispose();
        request.dispose();
    }

    private boolean isGone() {
        return strikes >= STRIKES;
    }

    private boolean isGivenUp() {
        return isGone() && target.isHostedByDiscord();
    }

    private void wake() {
        Waiting first = queue.peekFirst();
        if (sending || isGivenUp() || first == null) {
            return;
        }
        long wait = first.due() - nanos();
        if (wait > 0) {
            timer.update(scheduler.schedule(this::wake, wait, TimeUnit.NANOSECONDS));
            return;
        }
        sending = true;
        Parcel parcel = first.parcel();
        request.update(Mono.defer(() -> sender.send(target, parcel.message()))
                .onErrorResume(error -> Mono.fromSupplier(() -> failed(error)))
                .publishOn(scheduler)
                .subscribe(failures.guard(READER, delivery -> ended(parcel, delivery))));
    }

    /** A sender that fails has not delivered. The error's message is not logged: it may repeat the URL. */
    private Delivery failed(Throwable error) {
        String words = "failed with " + error.getClass().getSimpleName();
        IllegalStateException safe = new IllegalStateException(words);
        safe.setStackTrace(error.getStackTrace());
        failures.note(READER, safe);
        return Delivery.of(Outcome.RETRIED, null, words);
    }

    /** The queue and the outbox come first: whatever fails later must not deliver the message again. */
    private void ended(Parcel parcel, Delivery delivery) {
        sending = false;
        switch (delivery.outcome()) {
            case DELIVERED -> {
                if (failing) {
                    LogEvent.ALERT_TARGET_UP.log(log, "Alerts reach %s again", target);
                }
                failing = false;
                strikes = 0;
                queue.removeFirst();
                drop(parcel);
            }
            case REFUSED, EXPIRED -> {
                LogEvent.ALERT_REFUSED.log(
                        log,
                        "%s %s: alert \"%s\" is given up, since it would be refused again",
                        target,
                        delivery.words(),
                        parcel.message().title());
                strikes = 0;
                queue.removeFirst();
                drop(parcel);
            }
            case GONE -> {
                strikes++;
                postpone(parcel, delivery);
                if (strikes == STRIKES) {
                    sayGone(delivery);
                }
            }
            case RETRIED -> {
                strikes = 0;
                postpone(parcel, delivery);
            }
        }
        note(parcel, delivery);
        wake();
    }

    private void sayGone(Delivery delivery) {
        String next = isGivenUp() ? "GIVEN UP" : "it is tried every " + Words.of(SLOWLY) + " from now on";
        LogEvent.ALERT_TARGET_GONE.log(
                log,
                "%s %s, %d times in a row: %s. %d alerts wait for it. Correct GATEWATCH_ALERT_TARGETS and restart, or mend the"
                        + " webhook and send a test alert (POST /alerts/test).",
                target,
                delivery.words(),
                strikes,
                next,
                queue.size());
    }

    private void postpone(Parcel parcel, Delivery delivery) {
        Duration wait = isGone() ? SLOWLY : backoff.after(parcel.attempts() + 1);
        Duration asked = delivery.retryAfter();
        if (asked != null && asked.compareTo(wait) > 0) {
            wait = asked;
        }
        Parcel postponed = parcel.postponed(now().plus(wait));
        long end = queue.removeFirst().end();
        queue.addFirst(new Waiting(postponed, nanos() + wait.toNanos(), end));
        mirror.put(postponed);
        mirror.flushSoon();
        if (!failing) {
            LogEvent.ALERT_TARGET_DOWN.log(
                    log,
                    "Alerts do not reach %s: it %s. Trying again in %s, and so on.",
                    target,
                    delivery.words(),
                    Words.of(wait));
        }
        failing = true;
    }

    private void drop(Parcel parcel) {
        mirror.remove(parcel);
        mirror.flushSoon();
    }

    private void note(Parcel parcel, Delivery delivery) {
        last = new TargetReport.Last(now(), parcel.message().alert(), delivery);
        counter.count(target, delivery.outcome());
    }

    /** From here on the wall clock does not matter: it may be set while the parcel waits. */
    private Waiting waiting(Parcel parcel) {
        Duration wait = Duration.between(now(), parcel.due());
        Duration age = Duration.between(parcel.message().at(), now());
        Duration left = giveUpAfter.minus(age.isNegative() ? Duration.ZERO : age);
        Duration most = wait.compareTo(Answer.LONGEST) < 0 ? wait : Answer.LONGEST;
        return new Waiting(parcel, nanos() + most.toNanos(), nanos() + left.toNanos());
    }

    private Instant now() {
        return Instant.ofEpochMilli(scheduler.now(TimeUnit.MILLISECONDS));
    }

    private long nanos() {
        return scheduler.now(TimeUnit.NANOSECONDS);
    }

    /**
     * A parcel in the queue, with times in the scheduler's nanoseconds.
     *
     * @param parcel what waits
     * @param due when the next attempt may be made
     * @param end when it is given up
     */
    private record Waiting(Parcel parcel, long due, long end) {}
}
