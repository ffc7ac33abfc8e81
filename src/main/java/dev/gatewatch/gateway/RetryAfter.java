package dev.gatewatch.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads how long HTTP 429 asks to wait: {@code Retry-After}, else {@code X-RateLimit-Reset-After}, else {@code retry_after} of the
 * body, all in seconds, whole or not; see [Discord Docs/Rate Limits]. Cloudflare's bans carry none of them.
 */
final class RetryAfter {

    private static final int TOO_MANY_REQUESTS = 429;

    private RetryAfter() {}

    /** The wait; null when nothing readable says, or the status is not 429. */
    static @Nullable Duration of(int status, HttpHeaders headers, String body, ObjectMapper mapper) {
        Duration wait = of(status, headers);
        return wait == null && status == TOO_MANY_REQUESTS
                ? seconds(fromBody(body, mapper)).orElse(null)
                : wait;
    }

    /** The wait that the headers name; null when they name none, or the status is not 429. */
    static @Nullable Duration of(int status, HttpHeaders headers) {
        if (status != TOO_MANY_REQUESTS) {
            return null;
        }
        return Stream.of("Retry-After", "X-RateLimit-Reset-After")
                .map(name -> seconds(headers.get(name)))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
    }

    private static Optional<Duration> seconds(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            double seconds = Double.parseDouble(text.strip());
            boolean sane = Double.isFinite(seconds) && seconds >= 0 && seconds < 1e9;
            return sane ? Optional.of(Duration.ofMillis((long) Math.ceil(seconds * 1_000))) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static @Nullable String fromBody(String body, ObjectMapper mapper) {
        try {
            return mapper.readTree(body).path("retry_after").asText(null);
        } catch (IOException e) {
            return null;
        }
    }
}
