package dev.gatewatch.history;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends HistoryStoreContract {

    @TempDir
    Path directory;

    @Override
    Database database(String instance) {
        return new SqliteDatabase(directory.resolve("gatewatch.db"), instance, Clock.systemUTC());
    }
}
