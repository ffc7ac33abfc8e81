package dev.gatewatch.history;

import java.nio.file.Path;
import java.time.Clock;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Real databases for the tests of rooms that keep tables of their own in the history's. */
public final class SharedDatabases {

    private SharedDatabases() {}

    /** A SQLite file, opened now. */
    public static Opened sqlite(Path directory) {
        return new Opened(new SqliteDatabase(directory.resolve("gatewatch.db"), "any", Clock.systemUTC()));
    }

    /** A new, empty PostgreSQL database, opened now. */
    public static Opened postgres() {
        return new Opened(new PostgresDatabase(EmbeddedServer.newDatabase(), "any"));
    }

    /** An open database. */
    public static final class Opened implements SharedDatabase, AutoCloseable {

        private final Database database;
        private HistoryStore store;

        Opened(Database database) {
            this.database = database;
            store = database.open();
        }

        /** Closes it and opens it anew, as a restart does. */
        public void reopen() {
            store = database.open();
        }

        @Override
        public <T> Mono<T> transact(Transaction<T> work) {
            return Mono.fromCallable(() -> store.transact(work)).subscribeOn(Schedulers.boundedElastic());
        }

        @Override
        public void close() {
            database.close();
        }
    }
}
