package dev.gatewatch.history;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** One real PostgreSQL for all tests of this JVM, with a database of its own for each that asks. */
final class EmbeddedServer {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private EmbeddedServer() {}

    /** The address of a new, empty database. */
    static PostgresAddress newDatabase() {
        String name = "history" + NUMBER.incrementAndGet();
        try (Connection connection = Holder.SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return PostgresAddress.parse(
                "postgresql://postgres:postgres@localhost:" + Holder.SERVER.getPort() + "/" + name);
    }

    /** Starts lazily, stops with the JVM. */
    private static final class Holder {

        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
