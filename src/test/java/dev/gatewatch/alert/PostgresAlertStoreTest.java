package dev.gatewatch.alert;

import dev.gatewatch.history.SharedDatabases;

class PostgresAlertStoreTest extends AlertStoreContract {

    @Override
    SharedDatabases.Opened open() {
        return SharedDatabases.postgres();
    }
}
