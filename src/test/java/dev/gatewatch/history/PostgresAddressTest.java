package dev.gatewatch.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db:5433/bot?sslmode=require&user=ann&password=p%40ss%2Bword+x",
                "postgresql://ann:p%40ss%2Bword+x@db:5433/bot?sslmode=require",
                "postgres://ann:p%40ss%2Bword+x@db:5433/bot?sslmode=require"
            })
    void readsEveryFormAndNeverPrintsThePassword(String url) {
        PostgresAddress address = PostgresAddress.parse(url);

        assertThat(address.url()).isEqualTo("jdbc:postgresql://db:5433/bot?sslmode=require");
        assertThat(address.user()).isEqualTo("ann");
        assertThat(address.password()).isEqualTo("p@ss+word+x");
        assertThat(address.toString())
                .doesNotContain("ss+word")
                .contains("db:5433/bot")
                .contains("ann");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://db/bot",
                "postgresql://ann:s3cret@db",
                "postgresql:///bot",
                "jdbc:postgresql://ann:s3cret@[/x",
                "postgresql://ann:s3cret@db:x/bot",
                "postgresql://ann:s3cret@db:99999/bot",
                "postgresql://ann:s3cret@a,,b/bot",
                "postgresql://ann:s3cret@a b/bot",
                "s3cret"
            })
    void refusesOthersWithoutRepeatingThem(String url) {
        assertThatThrownBy(() -> PostgresAddress.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("jdbc:postgresql://host:5432/name")
                .hasNoCause()
                .message()
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "postgresql://ann:s3cret@postgres_db/bot jdbc:postgresql://postgres_db/bot",
                "jdbc:postgresql://postgres_db:5433/bot jdbc:postgresql://postgres_db:5433/bot",
                "postgresql://ann@a:1,b_c,[fd00::1]:3/bot?targetServerType=primary"
                        + " jdbc:postgresql://a:1,b_c,[fd00::1]:3/bot?targetServerType=primary",
                "postgresql://ann:p@ss@db/bot jdbc:postgresql://db/bot"
            })
    void takesTheHostsThatTheDriverTakes(String url, String expected) throws Exception {
        PostgresAddress address = PostgresAddress.parse(url);

        assertThat(address.url()).isEqualTo(expected);
        assertThat(DriverManager.getDriver(address.url()).acceptsURL(address.url()))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "postgres_db postgres_db:5432",
                "a,b:6000 a:5432,b:6000",
                "[fd00::1] [fd00::1]:5432",
                "[fd00::1]:7 [fd00::1]:7"
            })
    void givesEveryHostOfTheSettingAPort(String host, String expected) {
        PostgresAddress address = PostgresAddress.from(RetentionTest.config(Map.of("gatewatch.database-host", host)))
                .orElseThrow();

        assertThat(address.url()).isEqualTo("jdbc:postgresql://" + expected + "/gatewatch");
    }

    @Test
    void isBuiltFromSingleSettingsToo() {
        PostgresAddress address = PostgresAddress.from(RetentionTest.config(Map.of(
                        "gatewatch.database-host", "db",
                        "gatewatch.database-user", "ann",
                        "gatewatch.database-password", "s3cret")))
                .orElseThrow();

        assertThat(address).isEqualTo(new PostgresAddress("jdbc:postgresql://db:5432/gatewatch", "ann", "s3cret"));
    }

    @Test
    void isAbsentWithoutSettings() {
        assertThat(PostgresAddress.from(RetentionTest.config(Map.of()))).isEmpty();
    }
}
