package dev.gatewatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyStore;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(30)
class TlsTest {

    @RegisterExtension
    final SimulatorFixture fixture = new SimulatorFixture();

    @Test
    void servesHttpsAndWssToWhoTrustsItsCertificate() throws Exception {
        Simulator simulator = fixture.discord(SimulatorOptions.defaults().withTls(true));
        assertThat(simulator.apiBaseUrl()).hasScheme("https");
        HttpClient client = trusting(simulator.certificate());
        HttpResponse<String> gateway = get(client, simulator, "https");
        assertThat(Rest.json(gateway).get("url").asText()).isEqualTo("wss://127.0.0.1:" + simulator.port());
        ProbeClient socket =
                fixture.close(ProbeClient.connect(client, "wss://127.0.0.1:" + simulator.port() + "/?v=10"));
        socket.nextOp(10);
        assertThat(new Rest(simulator).get("/_sim/state").statusCode()).isEqualTo(200);
        assertThat(new Rest(simulator).get("/_sim/certificate").body()).startsWith("-----BEGIN CERTIFICATE-----");
    }

    @Test
    void listensOnASecondPortWhoseAnswersNameWss() throws Exception {
        Simulator simulator = fixture.discord(SimulatorOptions.defaults().withTlsPort(0));
        int tlsPort = simulator.tlsPort().orElseThrow();
        HttpClient client = trusting(simulator.certificate());
        HttpResponse<String> gateway = client.send(
                HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + tlsPort + "/api/v10/gateway"))
                        .build(),
                BodyHandlers.ofString());
        String url = Rest.json(gateway).get("url").asText();
        assertThat(url).isEqualTo("wss://127.0.0.1:" + tlsPort);
        ProbeClient socket = fixture.close(ProbeClient.connect(client, url + "/?v=10"));
        socket.identify(simulator.token());
        assertThat(socket.next("READY").at("/d/resume_gateway_url").asText()).startsWith(url);
        assertThat(Rest.json(new Rest(simulator).get("/api/v10/gateway"))
                        .get("url")
                        .asText())
                .isEqualTo("ws://127.0.0.1:" + simulator.port());
    }

    /** Libraries whose address is fixed come through a proxy or a hosts file. */
    @Test
    void hasACertificateForDiscordsOwnNames() throws Exception {
        var names = SelfSigned.of("localhost", Instant.now(), Instant.now().plusSeconds(60))
                .certificate()
                .getSubjectAlternativeNames();
        assertThat(names)
                .extracting(name -> (Object) name.get(1))
                .contains("localhost", "127.0.0.1", "discord.com", "*.discord.gg");
    }

    @Test
    void isNotTrustedByAnybodyElse() {
        Simulator simulator = fixture.discord(SimulatorOptions.defaults().withTls(true));
        assertThatThrownBy(() -> get(HttpClient.newHttpClient(), simulator, "https"))
                .isInstanceOf(SSLException.class);
        await().atMost(Duration.ofSeconds(25)).until(() -> simulator.journal().entries().stream()
                .anyMatch(entry -> entry.event().equals("tls-failed")));
    }

    @Test
    void showsAnExpiredCertificateUntilHealed() throws Exception {
        Simulator simulator = fixture.discord(SimulatorOptions.defaults().withTls(true));
        simulator.faults().inject("tls-failure", Map.of("certificate", "expired"));
        assertThatThrownBy(() -> get(trusting(simulator.certificate()), simulator, "https"))
                .isInstanceOf(SSLException.class);
        simulator.faults().healAll();
        assertThat(get(trusting(simulator.certificate()), simulator, "https").statusCode())
                .isEqualTo(200);
    }

    @Test
    void makesACertificateThatHasExpired() {
        Instant now = Instant.now();
        X509Certificate expired = SelfSigned.of("localhost", now.minusSeconds(200), now.minusSeconds(100))
                .certificate();
        assertThatThrownBy(expired::checkValidity).isInstanceOf(CertificateExpiredException.class);
    }

    @Test
    void leavesAPlainSimulatorWithTlsOnly() throws Exception {
        Simulator simulator = fixture.patient();
        ProbeClient client = fixture.ready(simulator);
        simulator.faults().inject("tls-failure");
        assertThat(client.closeCode()).isEqualTo(-1);
        assertThatThrownBy(() -> fixture.connect(simulator)).hasStackTraceContaining("400");
        String url = Rest.json(new Rest(simulator).get("/api/v10/gateway"))
                .get("url")
                .asText();
        assertThat(url).isEqualTo("wss://127.0.0.1:" + simulator.port());
        HttpClient trusting = trusting(simulator.certificate());
        assertThatThrownBy(() -> ProbeClient.connect(trusting, url + "/?v=10")).hasStackTraceContaining("SSL");
        simulator.faults().healAll();
        fixture.ready(simulator);
    }

    private static HttpResponse<String> get(HttpClient client, Simulator simulator, String scheme) throws Exception {
        URI uri = URI.create(scheme + "://127.0.0.1:" + simulator.port() + "/api/v10/gateway");
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static HttpClient trusting(X509Certificate certificate) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("simulator", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }
}
