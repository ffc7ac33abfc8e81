package dev.gatewatch.gateway;

import reactor.core.publisher.Mono;

/** What must be done before the first connection. The endpoints do not wait for it, so that a probe is answered meanwhile. */
public interface BeforeConnecting {

    /** Completes when it is done; fails when this process must not connect, which ends it. On any thread. */
    Mono<Void> done();
}
