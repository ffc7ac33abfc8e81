package dev.gatewatch.history;

/** The same with options that operators put into their URLs: inserts joined into one, statements never prepared. */
class PostgresOptionsTest extends HistoryStoreContract {

    private final PostgresAddress address = EmbeddedServer.newDatabase();

    @Override
    Database database(String instance) {
        return new PostgresDatabase(
                new PostgresAddress(
                        address.url() + "?reWriteBatchedInserts=true&preferQueryMode=simple",
                        address.user(),
                        address.password()),
                instance);
    }
}
