package dev.gatewatch.simulator;

import java.time.Duration;
import java.util.Set;

/**
 * Counts the answers for which Discord bans an address: 10,000 of 401, 403 or 429 in 10 minutes.
 *
 * <p>See [Discord Docs/Topics/Rate Limits: Invalid Request Limit].
 */
final class InvalidRequests {

    private static final Set<Integer> INVALID = Set.of(401, 403, 429);

    private final Gateway gateway;
    private final SlidingWindow window = new SlidingWindow(10_000, Duration.ofMinutes(10));

    InvalidRequests(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Counts a reply and hands it back. */
    Reply count(Reply reply) {
        gateway.counters().requests++;
        if (INVALID.contains(reply.status())) {
            gateway.counters().invalidRequests++;
            if (!window.accepts(System.currentTimeMillis())) {
                gateway.violations()
                        .add(
                                "invalid-requests",
                                "more than 10,000 answers of 401, 403 or 429 in 10 minutes",
                                "Topics/Rate Limits: Invalid Request Limit",
                                null);
            }
        }
        return reply;
    }
}
