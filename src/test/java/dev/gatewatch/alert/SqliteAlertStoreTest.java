package dev.gatewatch.alert;

import dev.gatewatch.history.SharedDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteAlertStoreTest extends AlertStoreContract {

    @TempDir
    Path directory;

    @Override
    SharedDatabases.Opened open() {
        return SharedDatabases.sqlite(directory);
    }
}
