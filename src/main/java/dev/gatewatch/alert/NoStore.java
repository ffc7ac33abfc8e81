package dev.gatewatch.alert;

import reactor.core.publisher.Mono;

/** Nothing is kept: alerts live as long as the process. */
final class NoStore implements AlertStore {

    @Override
    public Mono<Kept> load() {
        return Mono.just(Kept.NOTHING);
    }

    @Override
    public Mono<Void> save(Changes changes) {
        return Mono.empty();
    }
}
