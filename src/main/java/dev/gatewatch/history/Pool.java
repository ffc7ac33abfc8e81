package dev.gatewatch.history;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** Makes connection pools: one connection to write, a few to read, each looked at before it is used. */
final class Pool {

    static final int SIZE = 5;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Pool() {}

    static AgroalDataSource of(UnaryOperator<AgroalConnectionFactoryConfigurationSupplier> factory) {
        try {
            return AgroalDataSource.from(
                    new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration(pool -> pool.initialSize(0)
                            .minSize(0)
                            .maxSize(SIZE)
                            .acquisitionTimeout(PATIENCE)
                            .validateOnBorrow(true)
                            .connectionValidator(ConnectionValidator.defaultValidator())
                            .connectionFactoryConfiguration(factory)));
        } catch (SQLException e) {
            throw new HistoryUnavailableException("No connection pool could be made: " + e.getMessage(), e);
        }
    }
}
