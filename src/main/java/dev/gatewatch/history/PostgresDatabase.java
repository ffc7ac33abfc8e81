package dev.gatewatch.history;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/** A PostgreSQL server. */
final class PostgresDatabase implements Database {

    private final PostgresAddress address;
    private final String instance;
    private @Nullable AgroalDataSource pool;

    PostgresDatabase(PostgresAddress address, String instance) {
        this.address = address;
        this.instance = instance;
    }

    @Override
    public HistoryStore open() {
        close();
        AgroalDataSource opened = Pool.of(factory -> {
            factory.jdbcUrl(address.url())
                    .connectionProviderClass(Driver.class)
                    .jdbcProperty("connectTimeout", "3")
                    .jdbcProperty("socketTimeout", "10") // seconds; a dead path must not hold the writer for ever
                    .jdbcProperty("tcpKeepAlive", "true")
                    .jdbcProperty("ApplicationName", "gatewatch");
            String user = address.user();
            String password = address.password();
            if (user != null) {
                factory.principal(new NamePrincipal(user));
            }
            if (password != null) {
                factory.credential(new SimplePassword(password));
            }
            return factory;
        });
        pool = opened;
        Migrations.apply(opened, Dialect.POSTGRESQL, name());
        return new JdbcHistoryStore(opened, Dialect.POSTGRESQL, instance, failure -> {});
    }

    @Override
    public String name() {
        return address.toString();
    }

    @Override
    public void close() {
        AgroalDataSource open = pool;
        pool = null;
        if (open != null) {
            open.close();
        }
    }
}
