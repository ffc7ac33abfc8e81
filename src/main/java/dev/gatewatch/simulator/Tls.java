package dev.gatewatch.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Speaks TLS with whoever begins with it, on the same port as the rest: so the control API stays within reach.
 *
 * <p>Keys are made on first use and never leave the process.
 */
final class Tls {

    private static final String LOCAL = "localhost";

    private @Nullable Identity trusted;
    private @Nullable Identity substitute;

    /** A certificate and what serves it. */
    private record Identity(X509Certificate certificate, SslContext context) {}

    /** The handler that tells TLS from plain HTTP by the first bytes. */
    ChannelHandler sniffer() {
        return new Sniffer();
    }

    /** The certificate that a client of a TLS simulator has to trust. */
    synchronized X509Certificate certificate() {
        return trusted().certificate();
    }

    String pem() {
        try {
            String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(certificate().getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From now on handshakes show another certificate: one that nobody trusts, or one that has expired. */
    synchronized void substitute(boolean expired) {
        Instant now = Instant.now();
        Instant from = now.minus(Duration.ofDays(365));
        substitute = identity(from, expired ? now.minus(Duration.ofDays(1)) : now.plus(Duration.ofDays(365)));
    }

    synchronized void restore() {
        substitute = null;
    }

    private synchronized SslContext context() {
        return substitute != null ? substitute.context() : trusted().context();
    }

    private Identity trusted() {
        Identity known = trusted;
        if (known == null) {
            Instant now = Instant.now();
            known = identity(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(365)));
            trusted = known;
        }
        return known;
    }

    private static Identity identity(Instant from, Instant to) {
        SelfSigned made = SelfSigned.of(LOCAL, from, to);
        try {
            SslContext context = SslContextBuilder.forServer(made.key(), made.certificate())
                    .sslProvider(SslProvider.JDK)
                    .build();
            return new Identity(made.certificate(), context);
        } catch (SSLException e) {
            throw new IllegalStateException("this Java cannot serve TLS", e);
        }
    }

    /** Becomes an {@link SslHandler} when the first byte is a TLS record's, and goes away when it is not. */
    private final class Sniffer extends ByteToMessageDecoder {

        private static final int HANDSHAKE = 0x16;

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
            if (in.getUnsignedByte(in.readerIndex()) == HANDSHAKE) {
                context.pipeline().replace(this, "tls", Tls.this.context().newHandler(context.alloc()));
            } else {
                context.pipeline().remove(this);
            }
        }
    }
}
