package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.QuarkusBindException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
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
    void showsTheStackTraceOfWhatOnlyWeCanRepair() {
        assertThat(printed(new IllegalStateException("boom"))).contains("boom").contains("\tat ");
    }

    private static String printed(Throwable failure) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StartFailure.print(failure, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
