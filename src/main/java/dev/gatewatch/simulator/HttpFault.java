package dev.gatewatch.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** REST requests are answered otherwise: all of them, or those whose path ends in a route. */
final class HttpFault implements Fault {

    /** What {@link #errorCode} knows. */
    static final List<String> ERRORS = List.of(
            "unknown-interaction",
            "already-acknowledged",
            "missing-access",
            "missing-permissions",
            "invalid-webhook-token");

    private static final String VIA = "1.1 google"; // the load balancer in front of Discord's API, not Cloudflare

    private final Arguments arguments;
    private final Reply answer;

    HttpFault(Arguments arguments, Reply answer) {
        this.arguments = arguments;
        this.answer = answer;
    }

    @Override
    public @Nullable Reply answer(HttpCall call, ActiveFault self) {
        boolean meant =
                call.path().contains(arguments.text("route")) && (!call.isUpgrade() || arguments.flag("upgrade"));
        return meant ? answer : null;
    }

    static Function<Arguments, Fault> status(int status, String message) {
        return arguments -> new HttpFault(arguments, Reply.error(status, message));
    }

    /** Discord's edge, not Discord: an HTML page. */
    static Function<Arguments, Fault> html(int status, String title) {
        String page = "<html>\r\n<head><title>%d %s</title></head>\r\n<body>cloudflare</body>\r\n</html>\r\n";
        Reply reply = Reply.text(status, "text/html", page.formatted(status, title));
        return arguments -> new HttpFault(arguments, reply.with(Map.of("Server", "cloudflare")));
    }

    /** See [Discord Docs/Opcodes and Status Codes: JSON Error Codes]. */
    static Fault errorCode(Arguments arguments) {
        Reply reply =
                switch (arguments.text("error")) {
                    case "already-acknowledged" ->
                        Reply.error(400, "Interaction has already been acknowledged.", 40060);
                    case "missing-access" -> Reply.error(403, "Missing Access", 50001);
                    case "missing-permissions" -> Reply.error(403, "Missing Permissions", 50013);
                    case "invalid-webhook-token" -> Reply.error(401, "Invalid Webhook Token", 50027);
                    default -> Reply.error(404, "Unknown interaction", 10062);
                };
        return new HttpFault(arguments, reply);
    }

    static Fault hang(Arguments arguments) {
        return new HttpFault(arguments, Reply.notSent(Reply.Sent.NOTHING));
    }

    static Fault halfBody(Arguments arguments) {
        return new HttpFault(
                arguments,
                Reply.json(
                                200,
                                Json.object()
                                        .put("url", "wss://gateway.invalid")
                                        .put("shards", 1))
                        .cutInHalf());
    }

    static Fault notJson(Arguments arguments) {
        return new HttpFault(arguments, Reply.text(200, "application/json", "<html>Welcome to the hotel Wi-Fi</html>"));
    }

    /** As Discord's API limits a route. See [Discord Docs/Topics/Rate Limits]. */
    static Fault retryAfter(Arguments arguments) {
        Map<String, String> headers = new LinkedHashMap<>(resetHeaders(wait(arguments)));
        headers.put("Retry-After", whole(wait(arguments)));
        return limiting(arguments, false, headers);
    }

    /** The same without Retry-After: the X-RateLimit headers alone say when. */
    static Fault resetHeaders(Arguments arguments) {
        return limiting(arguments, false, resetHeaders(wait(arguments)));
    }

    static Fault global(Arguments arguments) {
        Map<String, String> headers = Map.of(
                "Retry-After",
                whole(wait(arguments)),
                "X-RateLimit-Global",
                "true",
                "X-RateLimit-Scope",
                "global",
                "Via",
                VIA);
        return limiting(arguments, true, headers);
    }

    private static Map<String, String> resetHeaders(double wait) {
        return Map.of(
                "X-RateLimit-Limit", "5",
                "X-RateLimit-Remaining", "0",
                "X-RateLimit-Reset", decimal(System.currentTimeMillis() / 1000.0 + wait),
                "X-RateLimit-Reset-After", decimal(wait),
                "X-RateLimit-Bucket", "abcd1234",
                "X-RateLimit-Scope", "user",
                "Via", VIA);
    }

    private static Fault limiting(Arguments arguments, boolean global, Map<String, String> headers) {
        return new RateLimitFault(
                new HttpFault(arguments, limited(arguments, global).with(headers)), wait(arguments));
    }

    /** An address that Cloudflare has banned: a page, and no header that would say for how long. */
    static Fault cloudflare(Arguments arguments) {
        return new HttpFault(arguments, Reply.text(429, "text/html", "<html><body>error code: 1015</body></html>"));
    }

    private static Reply limited(Arguments arguments, boolean global) {
        return Reply.json(
                429,
                Json.object()
                        .put("message", "You are being rate limited.")
                        .put("retry_after", wait(arguments))
                        .put("global", global));
    }

    private static double wait(Arguments arguments) {
        return arguments.number("retryAfter");
    }

    private static String whole(double seconds) {
        return Long.toString((long) Math.ceil(seconds));
    }

    private static String decimal(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }
}
