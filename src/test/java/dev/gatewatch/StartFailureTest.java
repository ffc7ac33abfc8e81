package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.logging.LevelConverter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.logging.Level;
import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.Test;

class StartFailureTest {

    @Test
    void namesThePortAndItsVariable() {
        assertThat(printed(new RuntimeException(new QuarkusBindException("0.0.0.0", 5000, new BindException()))))
                .contains("port 5000 is in use")
                .contains("QUARKUS_HTTP_PORT=5001")
                .doesNotContain("\tat ");
    }

    @Test
    void tellsEachWrongSettingOfTheFrameworkInOneLine() {
        assertThat(printed(failureWith(Map.of(
                                "quarkus.log.level", "verbose",
                                "quarkus.log.idle-timeout", "abc",
                                "quarkus.log.io-threads", "many",
                                "quarkus.log.mode", "perhaps",
                                "quarkus.log.key-password", "hush")))
                        .lines())
                .containsExactlyInAnyOrder(
                        "Gatewatch cannot start: QUARKUS_LOG_LEVEL = \"verbose\": expected one of OFF, ERROR, WARN, INFO, DEBUG,"
                                + " TRACE, ALL",
                        "Gatewatch cannot start: QUARKUS_LOG_IDLE_TIMEOUT = \"abc\": expected a duration, for example 30s, 5m or PT1M",
                        "Gatewatch cannot start: QUARKUS_LOG_IO_THREADS = \"many\": expected a whole number",
                        "Gatewatch cannot start: QUARKUS_LOG_MODE = \"perhaps\": expected one of disabled, enabled",
                        "Gatewatch cannot start: QUARKUS_LOG_KEY_PASSWORD = (a secret, not shown): expected a whole number");
    }

    @Test
    void namesTheVariableForAnAddressThatIsNone() {
        assertThat(printed(new RuntimeException(new UnknownHostException("1.2.3.4.5")))
                        .lines())
                .containsExactly("Gatewatch cannot start: QUARKUS_HTTP_HOST is no address of this machine: 1.2.3.4.5");
    }

    @Test
    void showsTheStackTraceOfWhatOnlyWeCanRepair() {
        assertThat(printed(new IllegalStateException("boom"))).contains("boom").contains("\tat ");
    }

    private static Throwable failureWith(Map<String, String> settings) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .withConverters(new Converter<?>[] {new LevelConverter(), new DurationConverter()})
                .withMapping(Framework.class)
                .withSources(new PropertiesConfigSource(settings, "test", 100));
        return new RuntimeException("Failed to start quarkus", catchThrowable(builder::build));
    }

    private static String printed(Throwable failure) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StartFailure.print(failure, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Settings of all kinds, as the framework has them. */
    @ConfigMapping(prefix = "quarkus.log")
    interface Framework {
        Level level();

        Duration idleTimeout();

        int ioThreads();

        Mode mode();

        int keyPassword();

        enum Mode {
            ENABLED,
            DISABLED
        }
    }
}
