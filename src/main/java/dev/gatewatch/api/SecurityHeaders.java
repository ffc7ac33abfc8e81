package dev.gatewatch.api;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** What every answer tells browsers: errors, probes and static files too. See [OWASP Secure Headers Project]. */
@Singleton
final class SecurityHeaders {

    /** Before everything else: a request that is refused later has its headers already. */
    static final int FIRST = 1_000;

    /** What a browser may load for data: nothing at all. The page says its own. See [MDN/Content-Security-Policy]. */
    private static final CharSequence DATA_ONLY =
            HttpHeaders.createOptimized("default-src 'none'; frame-ancestors 'none'");

    /** Bytes already, for every answer has them. */
    private static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");

    private static final CharSequence FRAME_OPTIONS = HttpHeaders.createOptimized("X-Frame-Options");
    private static final CharSequence REFERRER_POLICY = HttpHeaders.createOptimized("Referrer-Policy");
    private static final CharSequence RESOURCE_POLICY = HttpHeaders.createOptimized("Cross-Origin-Resource-Policy");
    private static final CharSequence SECURITY_POLICY = HttpHeaders.createOptimized("Content-Security-Policy");
    private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
    private static final CharSequence DENY = HttpHeaders.createOptimized("DENY");
    private static final CharSequence NO_REFERRER = HttpHeaders.createOptimized("no-referrer");
    private static final CharSequence SAME_ORIGIN = HttpHeaders.createOptimized("same-origin");
    private static final CharSequence CROSS_ORIGIN = HttpHeaders.createOptimized("cross-origin");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

    /** What the page is made of is named by its content's hash, and never changes. */
    static final String BUNDLE = "/static/bundle/";

    private static final CharSequence FOR_EVER = HttpHeaders.createOptimized("public, max-age=31536000, immutable");

    /** By which a proxy says how it was asked. */
    private static final CharSequence FORWARDED = HttpHeaders.createOptimized("Forwarded");

    private static final CharSequence FORWARDED_PROTO = HttpHeaders.createOptimized("X-Forwarded-Proto");
    private static final CharSequence FORWARDED_SSL = HttpHeaders.createOptimized("X-Forwarded-Ssl");

    void register(@Observes Filters filters) {
        filters.register(SecurityHeaders::add, FIRST);
    }

    /** All of them, for an answer whose body is data, outdated at once. */
    static void addForData(HttpServerRequest request) {
        complete(begin(request, SAME_ORIGIN), true);
    }

    /** Those that do not depend on the answer. */
    private static MultiMap begin(HttpServerRequest request, CharSequence resourcePolicy) {
        MultiMap headers = request.response().headers();
        headers.set(CONTENT_TYPE_OPTIONS, NOSNIFF);
        headers.set(FRAME_OPTIONS, DENY);
        headers.set(REFERRER_POLICY, NO_REFERRER);
        headers.set(RESOURCE_POLICY, resourcePolicy);
        if (isSecure(request)) {
            headers.set("Strict-Transport-Security", "max-age=31536000");
        }
        return headers;
    }

    /** Those that the answer, or the operator by {@code quarkus.http.header}, may have said already. */
    private static void complete(MultiMap headers, boolean dataOnly) {
        if (!headers.contains(HttpHeaders.CACHE_CONTROL)) {
            headers.set(HttpHeaders.CACHE_CONTROL, NO_STORE);
        }
        String policy = headers.get(SECURITY_POLICY);
        if (policy == null && dataOnly) {
            headers.set(SECURITY_POLICY, DATA_ONLY);
        } else if (policy != null && policy.endsWith("frame-ancestors *")) {
            headers.remove(FRAME_OPTIONS); // it knows no "by all", and browsers without a policy obey it
        }
    }

    private static void add(RoutingContext context) {
        String path = context.normalizedPath();
        MultiMap headers = begin(context.request(), path.equals(BadgeResource.PATH) ? CROSS_ORIGIN : SAME_ORIGIN);
        context.addHeadersEndHandler(ended -> {
            if (path.startsWith(BUNDLE) && context.response().getStatusCode() < 400) {
                headers.set(HttpHeaders.CACHE_CONTROL, FOR_EVER);
            }
            complete(headers, !isDevUi(path));
        });
        context.next();
    }

    /** By this connection, or by what a trusted proxy says. That is asked only where something is said: asking is a twenty-fifth of an answer's work. */
    static boolean isSecure(HttpServerRequest request) {
        if (request.connection().isSsl()) {
            return true;
        }
        MultiMap asked = request.headers();
        boolean forwarded =
                asked.contains(FORWARDED) || asked.contains(FORWARDED_PROTO) || asked.contains(FORWARDED_SSL);
        return forwarded && request.isSSL();
    }

    /** Quarkus' own pages in dev mode bring scripts in their text. */
    private static boolean isDevUi(String path) {
        return LaunchMode.current().isDevOrTest() && path.startsWith("/q/");
    }
}
