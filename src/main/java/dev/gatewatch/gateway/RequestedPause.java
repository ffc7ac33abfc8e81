package dev.gatewatch.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatewatch.connection.RecoveryPolicy;
import dev.gatewatch.connection.RetryAfter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads how long HTTP 429 asks to wait: {@code Retry-After}, else {@code X-RateLimit-Reset-After}, else {@code retry_after} of the
 * body; see [Discord Docs/Rate Limits]. Cloudflare's bans carry none of them.
 */
final class RequestedPause {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final double MILLIS = 1_000;

    private RequestedPause() {}

    /** The wait; null when nothing readable says, or the status is not 429. */
    static @Nullable Duration of(int status, HttpHeaders headers, String body, ObjectMapper mapper) {
        Duration wait = of(status, headers);
        return wait == null && status == TOO_MANY_REQUESTS
                ? RetryAfter.seconds(fromBody(body, mapper)).orElse(null)
                : wait;
    }

    /** The wait that the headers name; null when they name none, or the status is not 429. */
    static @Nullable Duration of(int status, HttpHeaders headers) {
        return status == TOO_MANY_REQUESTS
                ? retryAfter(headers)
                        .or(() -> RetryAfter.seconds(headers.get("X-RateLimit-Reset-After")))
                        .orElse(null)
                : null;
    }

    /** Puts {@code Retry-After} into whole seconds, an hour at most, since Discord4J understands nothing else. */
    static void simplify(HttpHeaders headers) {
        if (headers.contains(HttpHeaderNames.RETRY_AFTER)) {
            Duration asked = retryAfter(headers).orElse(RecoveryPolicy.RATE_LIMIT_WAIT);
            Duration wait = Durations.min(asked, RecoveryPolicy.LONGEST_RATE_LIMIT_WAIT);
            headers.set(HttpHeaderNames.RETRY_AFTER, Long.toString((long) Math.ceil(wait.toMillis() / MILLIS)));
        }
    }

    /** A date counts from the answer's own date only: our clock may be wrong. */
    private static Optional<Duration> retryAfter(HttpHeaders headers) {
        String value = headers.get(HttpHeaderNames.RETRY_AFTER);
        return RetryAfter.date(headers.get(HttpHeaderNames.DATE))
                .map(now -> RetryAfter.read(value, now))
                .orElseGet(() -> RetryAfter.seconds(value));
    }

    private static @Nullable String fromBody(String body, ObjectMapper mapper) {
        try {
            return mapper.readTree(body).path("retry_after").asText(null);
        } catch (IOException e) {
            return null;
        }
    }
}
