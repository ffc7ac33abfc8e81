package dev.gatewatch.gateway;

import java.net.URI;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Tells when an address that could not be reached can be reached again. */
interface Reachability {

    /**
     * For how long a TCP connect is waited for; below {@code DISCORD_CONNECTION_TIMEOUT}. A connect that got no answer is sent again after 1 s
     * and 3 s [RFC 6298, section 2]: who waits on for the next times, 7 s and 15 s, misses the moment when the network is back.
     */
    Duration CONNECT_PATIENCE = Duration.ofSeconds(3);

    /**
     * Completes when a connection to the URL's host can be made; never fails.
     *
     * @param outage for how long it has not been reached so far, not negative: the longer, the less often it is tried
     */
    Mono<Void> reachable(URI url, Duration outage);
}
