package dev.gatewatch.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MigrationsTest {

    private static final String FUTURE =
            "INSERT INTO gatewatch_schema (installed_rank, version, description, type, script,"
                    + " checksum, installed_by, execution_time, success) VALUES (99, '9', 'x', 'SQL', 'V9__x.sql', 1, '', 1, %s)";

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void listsEveryMigrationOfEachDialect(Dialect dialect) throws Exception {
        try (var files = Files.list(Path.of("src/main/resources/db", dialect.folder()))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Migrations.FILES);
        }
    }

    /** Flyway refuses a database whose migrations have other checksums: to change a released file locks every user out. */
    @Test
    void leavesTheReleasedMigrationsOfSqliteUnchanged() throws Exception {
        Path file = directory.resolve("gatewatch.db");
        try (Database database = new SqliteDatabase(file, "one", Clock.systemUTC())) {
            database.open();

            assertThat(checksums("jdbc:sqlite:" + file, null))
                    .containsAllEntriesOf(Map.of("1", -41_539_825, "2", 96_716_542, "3", -1_386_768_839));
        }
    }

    @Test
    void leavesTheReleasedMigrationsOfPostgresUnchanged() throws Exception {
        PostgresAddress address = EmbeddedServer.newDatabase();
        try (Database database = new PostgresDatabase(address, "one")) {
            database.open();

            assertThat(checksums(address.url(), "postgres"))
                    .containsAllEntriesOf(Map.of("1", 1_795_080_227, "2", -1_301_926_953, "3", -1_386_768_839));
        }
    }

    @Test
    void refusesASqliteOfANewerProgram() throws Exception {
        Path file = directory.resolve("gatewatch.db");
        try (Database database = new SqliteDatabase(file, "one", Clock.systemUTC())) {
            database.open();
            execute("jdbc:sqlite:" + file, null, FUTURE.formatted("1"));

            assertThatThrownBy(database::open)
                    .isInstanceOf(NewerSchemaException.class)
                    .hasMessageContaining("has schema version 9, and this Gatewatch knows versions up to 5 only");
        }
    }

    @Test
    void refusesAPostgresOfANewerProgram() throws Exception {
        PostgresAddress address = EmbeddedServer.newDatabase();
        try (Database database = new PostgresDatabase(address, "one")) {
            database.open();
            execute(address.url(), "postgres", FUTURE.formatted("true"));

            assertThatThrownBy(database::open)
                    .isInstanceOf(NewerSchemaException.class)
                    .hasMessageContaining(address.url());
        }
    }

    /** The checksums that Flyway noted in the database, by version. */
    private static Map<String, Integer> checksums(String url, @Nullable String user) throws Exception {
        Map<String, Integer> checksums = new HashMap<>();
        try (Connection connection = DriverManager.getConnection(url, user, user);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT version, checksum FROM gatewatch_schema")) {
            while (rows.next()) {
                checksums.put(rows.getString("version"), rows.getInt("checksum"));
            }
        }
        return checksums;
    }

    private static void execute(String url, String user, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(url, user, user);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
