package dev.gatewatch.gateway;

import dev.gatewatch.connection.Failure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Stands before every HTTP request to Discord, so that no defect and no outage can get the address banned.
 *
 * <p>Discord bans an IP address after 10,000 answers of 401, 403 or 429 within 10 minutes. From {@value #SLOW_FROM} on each request
 * waits a second, from {@value #STOP_AT} on none is sent until enough of them are old. And once the token proved invalid nothing
 * is sent at all. Thread-safe. See [Discord Docs/Rate Limits/Invalid Request Limit].
 */
final class RequestGuard {

    static final int SLOW_FROM = 1_000;
    static final int STOP_AT = 5_000;

    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final Duration SLOW = Duration.ofSeconds(1);

    private final Scheduler scheduler;
    private final Traffic traffic;
    private final Deque<Long> invalid = new ArrayDeque<>();
    private @Nullable Failure closed;

    RequestGuard(Scheduler scheduler, Traffic traffic) {
        this.scheduler = scheduler;
        this.traffic = traffic;
    }

    /** Takes note of an answer's HTTP status. */
    void answered(int status) {
        traffic.answered(status);
        count(status);
    }

    /** Takes note of a request that got no answer. */
    void unanswered() {
        traffic.unanswered();
    }

    /** Lets nothing through any more, for this reason. */
    synchronized void close(Failure reason) {
        closed = reason;
    }

    synchronized boolean isClosed() {
        return closed != null;
    }

    /** Completes when a request may be sent; fails with {@link ConnectionEnded} when none may. */
    Mono<Void> admission() {
        return Mono.defer(this::decide);
    }

    private synchronized void count(int status) {
        if (status == 401 || status == 403 || status == 429) {
            invalid.addLast(now());
            if (invalid.size() > STOP_AT) {
                invalid.removeFirst();
            }
        }
    }

    private synchronized Mono<Void> decide() {
        if (closed != null) {
            return Mono.error(new ConnectionEnded(closed));
        }
        long oldest = now() - WINDOW.toNanos();
        while (!invalid.isEmpty() && invalid.getFirst() < oldest) {
            invalid.removeFirst();
        }
        if (invalid.size() >= STOP_AT) {
            Duration wait = Duration.ofNanos(invalid.getFirst() - oldest);
            return Mono.error(new ConnectionEnded(new Failure(
                    Failure.Kind.BUDGET,
                    null,
                    "Discord refused " + invalid.size()
                            + " requests (401, 403, 429) within 10 minutes: waiting, since 10,000 get"
                            + " the address banned",
                    wait)));
        }
        return invalid.size() >= SLOW_FROM ? Mono.delay(SLOW, scheduler).then() : Mono.empty();
    }

    private long now() {
        return scheduler.now(TimeUnit.NANOSECONDS);
    }
}
