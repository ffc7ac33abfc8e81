package dev.gatewatch.history;

import reactor.core.publisher.Mono;

/** The history's database, for rooms that keep tables of their own in it; their migrations are the history's. Thread-safe. */
public interface SharedDatabase {

    /**
     * Does something in one transaction, on the history's own threads.
     *
     * <p>Fails with {@link HistoryUnavailableException} when the database does not do as asked, and when no history is kept; nothing
     * is changed then, unless the answer to the commit was lost on its way.
     */
    <T> Mono<T> transact(Transaction<T> work);
}
