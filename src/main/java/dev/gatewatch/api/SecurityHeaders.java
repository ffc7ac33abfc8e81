package dev.gatewatch.api;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Adds the security headers to every answer, including errors, probes and static files. See
 * [OWASP Secure Headers Project].
 */
@Singleton
final class SecurityHeaders {

    /** Before everything else: a request that is refused later has its headers already. */
    static final int FIRST = 1_000;

    /** The page's bundle. The names of its files contain their hash, so that a file never changes. */
    static final String BUNDLE = "/static/bundle/";

    /** What a browser may load for data: nothing. The page sends its own policy. See [MDN/Content-Security-Policy]. */
    private static final String DATA_ONLY = "default-src 'none'; frame-ancestors 'none'";

    private static final String SECURITY_POLICY = "Content-Security-Policy";
    private static final String FRAME_OPTIONS = "X-Frame-Options";

    void register(@Observes Filters filters) {
        filters.register(
                context -> {
                    prepare(context);
                    context.next();
                },
                FIRST);
    }

    /** Adds them to this request's answer, whoever gives it. */
    static void prepare(RoutingContext context) {
        String path = context.normalizedPath();
        MultiMap headers = context.response().headers();
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set(FRAME_OPTIONS, "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", path.equals(BadgeResource.PATH) ? "cross-origin" : "same-origin");
        if (context.request().isSSL()) { // this connection, or what a trusted proxy says of its own
            headers.set("Strict-Transport-Security", "max-age=31536000");
        }
        context.addHeadersEndHandler(ended -> complete(context, path));
    }

    /** Adds the headers that the answer, or the operator by {@code quarkus.http.header}, may have set already. */
    private static void complete(RoutingContext context, String path) {
        MultiMap headers = context.response().headers();
        if (path.startsWith(BUNDLE) && context.response().getStatusCode() < 400) {
            headers.set(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable");
        } else if (!headers.contains(HttpHeaders.CACHE_CONTROL)) {
            headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        String policy = headers.get(SECURITY_POLICY);
        if (policy == null && !isDevUi(path)) {
            headers.set(SECURITY_POLICY, DATA_ONLY);
        } else if (policy != null && policy.endsWith("frame-ancestors *")) {
            headers.remove(FRAME_OPTIONS); // it cannot say "by all", and browsers that know no policy obey it
        }
    }

    /** Quarkus' own pages in dev mode contain inline scripts. */
    private static boolean isDevUi(String path) {
        return LaunchMode.current().isDevOrTest() && path.startsWith("/q/");
    }
}
