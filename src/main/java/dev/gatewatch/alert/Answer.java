package dev.gatewatch.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.gatewatch.alert.Delivery.Outcome;
import dev.gatewatch.connection.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a webhook answered, and what follows from it. Pure.
 *
 * @param status the HTTP status
 * @param retryAfter the header {@code Retry-After}: seconds, whole or not, or a date; null when absent
 * @param resetAfter Discord's header {@code X-RateLimit-Reset-After}, in seconds; null when absent
 * @param body the beginning of the body
 */
record Answer(
        int status, @Nullable String retryAfter, @Nullable String resetAfter, String body) {

    /** How long a target may keep us away at most: whatever asks for more is wrong, or not worth waiting for. */
    static final Duration LONGEST = Duration.ofHours(1);

    /**
     * What follows:
     *
     * <ul>
     *   <li>2xx: delivered.
     *   <li>408, 425, 429 and 5xx: later, and not before the time the answer names.
     *   <li>401, 403, 404, 410, and redirects, which are not followed, since the secret is in the URL: the target is gone.
     *   <li>Any other: this message is refused, and would be again.
     * </ul>
     */
    Delivery judge(Instant now) {
        if (status >= 200 && status < 300) {
            return Delivery.of(Outcome.DELIVERED, status, "delivered");
        }
        if (status == 408 || status == 425 || status == 429 || status >= 500) {
            String words = status == 429 ? "asked for a pause (HTTP 429)" : "answered HTTP " + status;
            return new Delivery(Outcome.RETRIED, status, words, pause(now).orElse(null));
        }
        return switch (status) {
            case 401, 403, 404, 410 ->
                Delivery.of(Outcome.GONE, status, "answered HTTP " + status + ": is the webhook still there?");
            case 301, 302, 303, 307, 308 ->
                Delivery.of(
                        Outcome.GONE, status, "answered with a redirect (HTTP " + status + "), which is not followed");
            default -> Delivery.of(Outcome.REFUSED, status, "refused the message (HTTP " + status + ")");
        };
    }

    private Optional<Duration> pause(Instant now) {
        return RetryAfter.read(retryAfter, now)
                .or(() -> RetryAfter.seconds(resetAfter))
                .or(this::fromBody)
                .map(wait -> wait.compareTo(LONGEST) < 0 ? wait : LONGEST);
    }

    /** Discord's {@code retry_after}. See [Discord Docs/Rate Limits]. */
    private Optional<Duration> fromBody() {
        try {
            return RetryAfter.seconds(
                    AlertJson.JSON.readTree(body).path("retry_after").asText(null));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
