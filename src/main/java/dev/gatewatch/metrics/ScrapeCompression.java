package dev.gatewatch.metrics;

import io.quarkus.vertx.http.runtime.HttpCompressionHandler;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Compresses a scrape for whoever can read that, and decides so before the answer is on its way.
 *
 * <p>Quarkus before 3.33.3 decides it on one thread while another writes: a tenth of the scrapes is then not compressed, and a rare one is compressed
 * without its header saying so, which nobody can read; see [Quarkus#54310]. Once it has been decided here, that changes nothing. To be deleted with that
 * release.
 */
@Singleton
final class ScrapeCompression {

    private static final String PATH = "/q/metrics";
    private static final Set<String> TYPES = Set.of("text/plain", "application/openmetrics-text");

    /** Anywhere before the router. */
    private static final int PRIORITY = 100;

    void register(@Observes Filters filters) {
        filters.register(ScrapeCompression::decide, PRIORITY);
    }

    private static void decide(RoutingContext context) {
        if (context.normalizedPath().startsWith(PATH)) {
            context.addHeadersEndHandler(ended -> HttpCompressionHandler.compressIfNeeded(context, TYPES));
        }
        context.next();
    }
}
