package dev.gatewatch.alert;

import dev.gatewatch.alert.Delivery.Outcome;
import dev.gatewatch.gateway.ForwardProxy;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.proxy.ProxyConnectException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.client.PrematureCloseException;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * Sends over HTTP, one connection per request, so that no target can use up what another needs.
 *
 * <p>The deadline covers everything from the name to the last byte; when it passes, the connection is cut. Redirects are not
 * followed: the URL is a secret, and so is the signature. Thread-safe.
 */
final class WebhookSender implements Sender {

    private static final int CONNECT_MILLIS = 5_000;
    private static final int MOST_READ = 4_096;

    private final LoopResources loop = LoopResources.create("gatewatch-alerts-http", 1, true);
    private final @Nullable Signature signature;
    private final Duration deadline;
    private final Scheduler scheduler;
    private final ForwardProxy proxy = ForwardProxy.configured();
    private final Mono<HttpClient> http; // made when it is first needed: its TLS takes a while to set up

    /**
     * @param signature signs what goes to {@code json} targets; null when there are none
     * @param deadline how long a request may take
     * @param scheduler measures it
     */
    WebhookSender(@Nullable Signature signature, Duration deadline, Scheduler scheduler) {
        this.signature = signature;
        this.deadline = deadline;
        this.scheduler = scheduler;
        http = Mono.fromSupplier(() -> HttpClient.create(ConnectionProvider.newConnection())
                        .runOn(loop)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                        .proxyWithSystemProperties()
                        .keepAlive(false)
                        .followRedirect(false)
                        .disableRetry(true))
                .cache();
    }

    @Override
    public Mono<Delivery> send(Target target, AlertMessage message) {
        return Mono.defer(() -> {
            WebhookRequest request = WebhookRequest.of(target, message, signature, now());
            byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
            return judged(toward(request.url()).flatMap(client -> client.headers(headers -> {
                        request.headers().forEach(headers::set);
                        headers.set("Content-Length", body.length);
                    })
                    .post()
                    .uri(request.url().toString()) // as text: URI knows no host with an underscore
                    .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
                    .response(WebhookSender::answer)
                    .next()));
        });
    }

    /** Asks for a URL and nothing more. Never fails. */
    Mono<Delivery> ping(URI url) {
        return judged(
                toward(url).flatMap(client -> client.headers(headers -> headers.set("User-Agent", "Gatewatch/1.0"))
                        .get()
                        .uri(url.toString())
                        .response(WebhookSender::answer)
                        .next()));
    }

    private Mono<HttpClient> toward(URI url) {
        return http.map(client -> proxy.toward(url.toString(), client));
    }

    void close() {
        loop.dispose();
    }

    private Mono<Delivery> judged(Mono<Answer> answer) {
        return answer.map(received -> received.judge(now()))
                .timeout(deadline, scheduler)
                .onErrorResume(error -> Mono.just(Delivery.of(Outcome.RETRIED, null, words(error))));
    }

    /** The body matters only when it may say how long to wait; what has been taken is taken, however the body ends. */
    private static Mono<Answer> answer(HttpClientResponse response, ByteBufFlux content) {
        int status = response.status().code();
        Mono<String> body = status == 429 ? beginning(content) : Mono.just("");
        return body.map(text -> new Answer(
                status,
                response.responseHeaders().get("Retry-After"),
                response.responseHeaders().get("X-RateLimit-Reset-After"),
                text));
    }

    private static Mono<String> beginning(ByteBufFlux content) {
        AtomicInteger left = new AtomicInteger(MOST_READ);
        return content.asByteArray()
                .takeUntil(chunk -> left.addAndGet(-chunk.length) <= 0)
                .collect(ByteArrayOutputStream::new, ByteArrayOutputStream::writeBytes)
                .map(bytes -> bytes.toString(StandardCharsets.UTF_8))
                .onErrorReturn("");
    }

    private String words(Throwable error) {
        if (error instanceof TimeoutException) {
            return "did not answer within " + Words.of(deadline);
        }
        if (error instanceof UnknownHostException) {
            return "its name could not be resolved";
        }
        if (Stream.iterate(error, Objects::nonNull, Throwable::getCause)
                .anyMatch(ProxyConnectException.class::isInstance)) {
            return "could not be reached through the proxy of HTTPS_PROXY or https.proxyHost";
        }
        if (error instanceof ConnectException || error instanceof NoRouteToHostException) {
            return "could not be connected to";
        }
        if (error instanceof SSLException) {
            return "the TLS handshake failed";
        }
        if (error instanceof PrematureCloseException) {
            return "closed the connection before it answered";
        }
        return error instanceof IOException
                ? "the connection broke"
                : "failed with " + error.getClass().getSimpleName(); // never the message: it may repeat the URL
    }

    private Instant now() {
        return Instant.ofEpochMilli(scheduler.now(TimeUnit.MILLISECONDS));
    }
}
