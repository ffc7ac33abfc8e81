package dev.gatewatch.gateway;

import java.net.URI;
import reactor.core.publisher.Mono;

/** Tells when an address that could not be reached can be reached again. */
interface Reachability {

    /** Completes when a connection to the URL's host can be made; never fails. */
    Mono<Void> reachable(URI url);
}
