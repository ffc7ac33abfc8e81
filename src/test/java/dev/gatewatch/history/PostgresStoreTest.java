package dev.gatewatch.history;

class PostgresStoreTest extends HistoryStoreContract {

    private final PostgresAddress address = EmbeddedServer.newDatabase();

    @Override
    Database database(String instance) {
        return new PostgresDatabase(address, instance);
    }
}
