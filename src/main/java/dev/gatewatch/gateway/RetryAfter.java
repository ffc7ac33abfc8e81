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

    private static final ObjectMapper NO_BODY = new ObjectMapper();

    private RetryAfter() {}

    /** The wait; null when nothing readable says, or the status is not 429. */
    static @Nullable Duration of(int status, HttpHeaders headers, String body, ObjectMapper mapper) {
        if (status != 429) {
            return null;
        }
        return Stream.of(headers.get("Retry-After"), headers.get("X-RateLimit-Reset-After"), fromBody(body, mapper))
                .map(RetryAfter::seconds)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
    }

    /** The wait that the headers name; null when they name none. */
    static @Nullable Duration of(int status, HttpHeaders headers) {
        return of(status, headers, "", NO_BODY);
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
