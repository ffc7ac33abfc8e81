package dev.gatewatch.history;

import jakarta.inject.Singleton;
import reactor.core.publisher.Mono;

/** The database as it is open at the moment. */
@Singleton
class HistoryDatabase implements SharedDatabase {

    private final HistoryService service;

    HistoryDatabase(HistoryService service) {
        this.service = service;
    }

    @Override
    public <T> Mono<T> transact(Transaction<T> work) {
        return Mono.defer(() -> service.required().ask(store -> store.transact(work)));
    }
}
