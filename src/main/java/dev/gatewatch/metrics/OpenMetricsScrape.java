package dev.gatewatch.metrics;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers a scraper that accepts OpenMetrics and no plain text.
 *
 * <p>Quarkus refuses it with 406 unless its {@code Accept} header repeats {@code charset=utf-8}. OpenMetrics is always
 * UTF-8, so a scraper need not say so.
 */
@Singleton
@SuppressWarnings("deprecation") // Quarkus' registry is Micrometer's older one
final class OpenMetricsScrape {

    private static final String PATH = "/q/metrics";
    private static final Pattern OPEN_METRICS = Pattern.compile(
            "application/openmetrics-text\\s*(;(?!.*version=\"?+(?!1\\.0\\.0)).*)?", Pattern.CASE_INSENSITIVE);
    private static final String TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    /** Before the router, after {@link ScrapeCompression}. */
    private static final int PRIORITY = 99;

    private final io.micrometer.prometheus.PrometheusMeterRegistry
            registry; // an import could not be spared its warning

    OpenMetricsScrape(io.micrometer.prometheus.PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    void register(@Observes Filters filters) {
        filters.register(this::answer, PRIORITY);
    }

    private void answer(RoutingContext context) {
        if (!context.normalizedPath().equals(PATH)
                || !context.request().method().equals(HttpMethod.GET)
                || !isWanted(context.request().getHeader(HttpHeaders.ACCEPT))) {
            context.next();
            return;
        }
        context.vertx()
                .executeBlocking(() -> registry.scrape(TYPE), false)
                .onSuccess(scrape -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, TYPE)
                        .end(scrape))
                .onFailure(context::fail);
    }

    /** Whether it names OpenMetrics in the version that we speak, and no form of plain text, which Quarkus serves. */
    static boolean isWanted(@Nullable String accept) {
        return accept != null
                && !accept.contains("text/")
                && Arrays.stream(accept.split(",", -1))
                        .anyMatch(type -> OPEN_METRICS.matcher(type.strip()).matches());
    }
}
