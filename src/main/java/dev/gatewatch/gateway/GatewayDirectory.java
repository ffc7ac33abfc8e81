package dev.gatewatch.gateway;

import java.net.URI;
import reactor.core.publisher.Mono;

/** Knows where the gateway is: asks Get Gateway Bot once, and keeps the answer until told to {@link #forget} it. Thread-safe. */
interface GatewayDirectory {

    /** The answer known, or else a new one; fails with {@link ConnectionEnded}. */
    Mono<GatewayBot> lookup();

    /** The first answer there is, whoever asked. */
    Mono<GatewayBot> first();

    /**
     * Makes sure that what is known of the IDENTIFYs that are left is fresh: asks again when the last answer is old, since another
     * process may have spent them. Fails only where the answer forbids to go on: 401 and 429.
     */
    Mono<Void> confirm();

    /** How many shards Discord recommended when last asked; 0 when it was not. */
    int recommendedShards();

    /** Where it asks. */
    URI address();

    /** Makes the next {@link #lookup} ask again. */
    void forget();
}
