package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.connection.Failure;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class FailuresTest {

    @Test
    void namesTheClockWhenACertificateIsNotValidYet() {
        Failure failure = Failures.of(handshake(new CertificateNotYetValidException("NotBefore: 2025-12-01")));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.TLS);
        assertThat(failure.message())
                .contains("not valid yet (NotBefore: 2025-12-01)", "this machine's clock says 20", "check the clock");
    }

    @Test
    void namesTheClockWhenACertificateHasExpired() {
        assertThat(Failures.of(handshake(new CertificateExpiredException("NotAfter: 2026-12-01")))
                        .message())
                .contains("has expired (NotAfter: 2026-12-01)", "check the clock");
    }

    @Test
    void saysNothingOfTheClockWhenACertificateIsNotTrusted() {
        assertThat(Failures.of(handshake(new CertPathValidatorException("unable to find valid certification path")))
                        .message())
                .doesNotContain("clock");
    }

    private static Throwable handshake(Exception why) {
        Exception path = new CertPathValidatorException("validity check failed", why);
        Throwable handshake = new SSLHandshakeException("PKIX path validation failed");
        handshake.initCause(path);
        return handshake;
    }
}
