package dev.gatewatch.history;

import java.time.Clock;

/** Chooses the database the settings ask for. */
final class Connector {

    private Connector() {}

    /** PostgreSQL when an address is given, else SQLite in the data directory. */
    static Database choose(HistoryConfig config) {
        return PostgresAddress.from(config)
                .<Database>map(address -> new PostgresDatabase(address, config.instanceId()))
                .orElseGet(() -> new SqliteDatabase(
                        config.dataDir().resolve("gatewatch.db"), config.instanceId(), Clock.systemUTC()));
    }
}
