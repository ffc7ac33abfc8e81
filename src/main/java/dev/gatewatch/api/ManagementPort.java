package dev.gatewatch.api;

import dev.gatewatch.log.LogEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A second port for everything under {@code /q}, if {@code GATEWATCH_MANAGEMENT_PORT} is set; the first then knows nothing
 * of it.
 *
 * <p>Quarkus' own management interface is decided when the program is built; this one when it is started. It has the limits
 * of the first port. Its connections are counted apart, so that neither port uses up the other's.
 */
@Singleton
public final class ManagementPort {

    private static final Logger log = Logger.getLogger(ManagementPort.class);
    private static final long PATIENCE_SECONDS = 10;

    /** Probes and scrapers are few. */
    static final int MOST_CONNECTIONS = 256;

    private final OptionalInt port;
    private final String host;
    private final HttpServerOptions options;
    private final AtomicInteger connections = new AtomicInteger();
    private final Vertx vertx;

    private volatile @Nullable HttpServer server;

    ManagementPort(
            ApiConfig config,
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "quarkus.http.idle-timeout") Duration idleTimeout,
            @ConfigProperty(name = "quarkus.http.limits.max-header-size") MemorySize maxHeaderSize,
            Vertx vertx) {
        port = config.managementPort();
        this.host = host;
        options = new HttpServerOptions()
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout((int) idleTimeout.toMillis())
                .setMaxHeaderSize((int) maxHeaderSize.asLongValue())
                .setHttp2ClearTextEnabled(false);
        this.vertx = vertx;
    }

    boolean isConfigured() {
        return port.isPresent();
    }

    void register(@Observes Filters filters) {
        if (isConfigured()) {
            filters.register(this::divide, SecurityHeaders.FIRST - 10);
        }
    }

    void start(@Observes StartupEvent event) throws InterruptedException {
        if (port.isEmpty()) {
            return;
        }
        try {
            HttpServer started = vertx.createHttpServer(options)
                    .connectionHandler(this::count)
                    .requestHandler(
                            request -> VertxHttpRecorder.getRootHandler().handle(request))
                    .listen(port.getAsInt(), host)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            server = started;
            LogEvent.MANAGEMENT_PORT.log(log, "Everything under /q is on port %d", started.actualPort());
        } catch (ExecutionException | TimeoutException e) {
            throw new PortUnusableException(port.getAsInt(), e);
        }
    }

    /** The port that is listened to; 0 when there is none. */
    int actualPort() {
        HttpServer running = server;
        return running == null ? 0 : running.actualPort();
    }

    /** Whether this request came in by this port. */
    boolean isUsedBy(HttpServerRequest request) {
        return port.isPresent() && request.localAddress().port() == actualPort();
    }

    @PreDestroy
    void close() {
        HttpServer running = server;
        if (running != null) {
            running.close();
        }
    }

    private void count(HttpConnection connection) {
        connection.closeHandler(closed -> connections.decrementAndGet());
        if (connections.incrementAndGet() > MOST_CONNECTIONS) {
            connection.close();
        }
    }

    private void divide(RoutingContext context) {
        String path = context.normalizedPath();
        boolean framework = path.equals("/q") || path.startsWith("/q/");
        if (framework == isUsedBy(context.request())) {
            context.next();
        } else {
            String elsewhere = framework ? "the management port, GATEWATCH_MANAGEMENT_PORT" : "the service's own port";
            JsonError.send(
                    context.response(), 404, "There is nothing at " + path + " on this port. Try " + elsewhere + ".");
        }
    }

    /** The port cannot be listened to. */
    public static final class PortUnusableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        PortUnusableException(int port, Throwable cause) {
            super("port " + port + " cannot be used for management: " + cause.getMessage()
                    + ". Stop what uses it (ss -ltnp 'sport = :" + port + "' shows it), or set"
                    + " GATEWATCH_MANAGEMENT_PORT to another one.");
        }
    }
}
