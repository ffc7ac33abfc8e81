package dev.gatewatch.api;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** What every answer tells browsers: errors, probes and static files too. See [OWASP Secure Headers Project]. */
@Singleton
final class SecurityHeaders {

    /** Before everything else: a request that is refused later has its headers already. */
    static final int FIRST = 1_000;

    /** What a browser may load for data: nothing at all. The page says its own. See [MDN/Content-Security-Policy]. */
    private static final String DATA_ONLY = "default-src 'none'; frame-ancestors 'none'";

    void register(@Observes Filters filters) {
        filters.register(SecurityHeaders::add, FIRST);
    }

    private static void add(RoutingContext context) {
        String path = context.normalizedPath();
        MultiMap headers = context.response().headers();
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", path.equals(BadgeResource.PATH) ? "cross-origin" : "same-origin");
        if (context.request().isSSL()) {
            headers.set("Strict-Transport-Security", "max-age=31536000");
        }
        context.addHeadersEndHandler(ended -> {
            if (!headers.contains("Cache-Control")) {
                headers.set("Cache-Control", "no-store");
            }
            String policy = headers.get("Content-Security-Policy");
            if (policy == null && !isDevUi(path)) {
                headers.set("Content-Security-Policy", DATA_ONLY);
            } else if (policy != null && policy.endsWith("frame-ancestors *")) {
                headers.remove("X-Frame-Options"); // it knows no "by all", and browsers without a policy obey it
            }
        });
        context.next();
    }

    /** Quarkus' own pages in dev mode bring scripts in their text. */
    private static boolean isDevUi(String path) {
        return LaunchMode.current().isDevOrTest() && path.startsWith("/q/");
    }
}
