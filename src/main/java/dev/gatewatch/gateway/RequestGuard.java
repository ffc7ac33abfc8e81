package dev.gatewatch.gateway;

import dev.gatewatch.connection.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Stands before every HTTP request to Discord, so that no defect and no outage can get the address banned.
 *
 * <p>Discord bans an IP address after 10,000 answers of 401, 403 or 429 within 10 minutes. From {@value #SLOW_FROM} on each request
 * waits a second, from {@value #STOP_AT} on none is sent until enough of them are old. And once the token proved invalid nothing
 * is sent at all. Thread-safe. See [Discord Docs/Rate Limits/Invalid Request Limit].
 */
final class RequestGuard {

    static final int SLOW_FROM = 1_000;
    static final int STOP_AT = InvalidRequests.MOST;

    private static final Duration SLOW = Duration.ofSeconds(1);

    private final InvalidRequests refused;
    private final Traffic traffic;
    private @Nullable Failure closed;

    /** A guard for one token. What was refused to others of this process counts as well. */
    RequestGuard(InvalidRequests refused, Traffic traffic) {
        this.refused = refused;
        this.traffic = traffic;
    }

    /** Takes note of an answer's HTTP status. */
    void answered(int status) {
        traffic.answered(status);
        refused.answered(status);
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

    private synchronized Mono<Void> decide() {
        if (closed != null) {
            return Mono.error(new ConnectionEnded(closed));
        }
        int count = refused.count();
        if (count >= STOP_AT) {
            return Mono.error(new ConnectionEnded(new Failure(
                    Failure.Kind.BUDGET,
                    null,
                    "Discord refused " + count
                            + " requests (401, 403, 429) within 10 minutes: waiting, since 10,000 get"
                            + " the address banned",
                    refused.untilFewer())));
        }
        return count >= SLOW_FROM ? Mono.delay(SLOW, refused.scheduler()).then() : Mono.empty();
    }
}
