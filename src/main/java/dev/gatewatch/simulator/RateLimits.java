package dev.gatewatch.simulator;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Per-route rate limits: 50 requests a second, announced and enforced as Discord does.
 *
 * <p>See [Discord Docs/Topics/Rate Limits].
 */
final class RateLimits {

    private static final int LIMIT = 50;
    private static final long WINDOW_MILLIS = 1_000;
    private static final int MOST_WINDOWS = 1_000;

    private final Violations violations;
    private final Map<String, Window> windows = new HashMap<>();

    RateLimits(Violations violations) {
        this.violations = violations;
    }

    /** How many requests of a route have come since its window began. */
    private static final class Window {
        private long endsAt;
        private int used;
    }

    /** Counts a request; the 429 that it gets when it is one too many, else null. */
    @Nullable
    Reply refusal(String method, String path, long nowMillis) {
        Window window = window(method, path, nowMillis);
        window.used++;
        if (window.used <= LIMIT) {
            return null;
        }
        violations.add(
                "rate-limit", method + " " + path + " with X-RateLimit-Remaining: 0", "Topics/Rate Limits", null);
        double wait = seconds(window.endsAt - nowMillis);
        return Reply.json(
                        429,
                        Json.object()
                                .put("message", "You are being rate limited.")
                                .put("retry_after", wait)
                                .put("global", false))
                .with(Map.of(
                        "Retry-After",
                        Long.toString((long) Math.ceil(wait)),
                        "X-RateLimit-Scope",
                        "user",
                        "Via",
                        "1.1 google")); // the load balancer in front of Discord's API
    }

    /** The X-RateLimit headers of a reply. */
    Map<String, String> headers(String method, String path, long nowMillis) {
        Window window = window(method, path, nowMillis);
        return Map.of(
                "X-RateLimit-Limit", Integer.toString(LIMIT),
                "X-RateLimit-Remaining", Integer.toString(Math.max(0, LIMIT - window.used)),
                "X-RateLimit-Reset", text(seconds(window.endsAt)),
                "X-RateLimit-Reset-After", text(seconds(window.endsAt - nowMillis)),
                "X-RateLimit-Bucket", "%08x".formatted(key(method, path).hashCode()));
    }

    private Window window(String method, String path, long nowMillis) {
        if (windows.size() > MOST_WINDOWS) {
            windows.values().removeIf(window -> nowMillis >= window.endsAt);
        }
        Window window = windows.computeIfAbsent(key(method, path), key -> new Window());
        if (nowMillis >= window.endsAt) {
            window.endsAt = nowMillis + WINDOW_MILLIS;
            window.used = 0;
        }
        return window;
    }

    /** Ids other than the major ones are one route; of webhooks and interactions, id and token are the major ones. */
    private static String key(String method, String path) {
        return path.startsWith("/interactions/") || path.startsWith("/webhooks/")
                ? method + path
                : method + path.replaceAll("/[0-9]{5,}", "/:id");
    }

    private static double seconds(long millis) {
        return millis / 1000.0;
    }

    private static String text(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }
}
