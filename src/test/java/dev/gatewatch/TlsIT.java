package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS and WSS, as with Discord: the packaged program against a simulator whose certificate it trusts, or does not. */
class TlsIT {

    private static final String PASSWORD = "of the test";

    @TempDir
    private Path folder;

    @Test
    void logsInAndResumesOverTls() throws Exception {
        try (Simulator simulator = simulator();
                RunningService service = RunningService.start(
                        variables(simulator),
                        "-Djavax.net.ssl.trustStore=" + trusting(simulator),
                        "-Djavax.net.ssl.trustStorePassword=" + PASSWORD)) {
            service.awaitConnected();
            simulator.faults().inject("drop");
            service.await(status -> simulator.state().at("/counters/resumes").asInt() == 1
                    && status.path("status").asText().equals("connected"));

            assertThat(simulator.apiBaseUrl()).hasScheme("https");
            assertThat(simulator.state().at("/identifies/spent").asInt()).isEqualTo(1);
            assertThat(service.terminate()).isZero();
        }
    }

    @Test
    void saysThatItDoesNotTrustACertificate() throws Exception {
        try (Simulator simulator = simulator();
                RunningService service = RunningService.start(variables(simulator))) {
            String told =
                    service.await(status -> status.hasNonNull("last_error")).toString();

            assertThat(told).containsIgnoringCase("tls");
            assertThat(service.status("/q/health/ready")).isEqualTo(503);
            assertThat(service.status("/q/health/live")).isEqualTo(200);
        }
    }

    private static Simulator simulator() {
        return Simulator.start(SimulatorOptions.defaults().withPort(0).withTls(true));
    }

    private static Map<String, String> variables(Simulator simulator) {
        return Map.of(
                "DISCORD_TOKEN", simulator.token(),
                "DISCORD_API_BASE_URL", simulator.apiBaseUrl().toString());
    }

    private Path trusting(Simulator simulator) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("simulator", simulator.certificate());
        Path file = folder.resolve("trust.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }
}
