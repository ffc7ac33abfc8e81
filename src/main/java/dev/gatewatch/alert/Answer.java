package dev.gatewatch.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.gatewatch.alert.Delivery.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
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
        return header(retryAfter, now)
                .or(() -> seconds(resetAfter))
                .or(this::fromBody)
                .map(wait -> wait.compareTo(LONGEST) < 0 ? wait : LONGEST);
    }

    private static Optional<Duration> header(@Nullable String value, Instant now) {
        if (value == null
                || value.isBlank()
                || !Character.isLetter(value.strip().charAt(0))) {
            return seconds(value);
        }
        try {
            Instant until = ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(until.isBefore(now) ? Duration.ZERO : Duration.between(now, until));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> seconds(@Nullable String value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            double seconds = Double.parseDouble(value.strip());
            boolean sane = Double.isFinite(seconds) && seconds >= 0 && seconds < 1e9;
            return sane ? Optional.of(Duration.ofMillis((long) Math.ceil(seconds * 1_000))) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Discord's {@code retry_after}. See [Discord Docs/Rate Limits]. */
    private Optional<Duration> fromBody() {
        try {
            return seconds(AlertJson.JSON.readTree(body).path("retry_after").asText(null));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
