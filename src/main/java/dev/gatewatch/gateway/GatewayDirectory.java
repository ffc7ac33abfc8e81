package dev.gatewatch.gateway;

import java.net.URI;
import reactor.core.publisher.Mono;

/** Knows where the gateway is: asks Get Gateway Bot once, and keeps the answer until told to {@link #forget} it. Thread-safe. */
interface GatewayDirectory {

    /** The answer known, or else a new one; fails with {@link ConnectionEnded}. */
    Mono<GatewayBot> lookup();

    /** The first answer there is, whoever asked. */
    Mono<GatewayBot> first();

    /** Where it asks. */
    URI address();

    /** Makes the next {@link #lookup} ask again. */
    void forget();
}
