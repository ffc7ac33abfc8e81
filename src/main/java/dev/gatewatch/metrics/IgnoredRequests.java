package dev.gatewatch.metrics;

import io.quarkus.micrometer.runtime.binder.HttpBinderConfiguration;
import io.quarkus.micrometer.runtime.binder.vertx.VertxMeterBinderAdapter;
import io.quarkus.vertx.VertxOptionsCustomizer;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.metrics.MetricsOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.metrics.HttpClientMetrics;
import io.vertx.core.spi.metrics.HttpServerMetrics;
import io.vertx.core.spi.observability.HttpRequest;
import io.vertx.core.spi.observability.HttpResponse;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Does not begin to measure a request that is not to be counted.
 *
 * <p>Quarkus measures each one and asks {@code quarkus.micrometer.binder.http-server.ignore-patterns} at its end, which is a tenth of what an answer
 * from memory takes. Here the same patterns are asked at its beginning. Everything else is Quarkus' own.
 */
@Singleton
final class IgnoredRequests implements VertxOptionsCustomizer {

    private final Instance<HttpBinderConfiguration> config;

    /**
     * @param config not there yet when Vert.x is made, but when its first server is
     */
    IgnoredRequests(Instance<HttpBinderConfiguration> config) {
        this.config = config;
    }

    @Override
    public void accept(VertxOptions options) {
        MetricsOptions given = options.getMetricsOptions();
        if (given instanceof VertxMeterBinderAdapter quarkus) {
            options.setMetricsOptions(new Adapter(quarkus, config));
        }
    }

    /** Quarkus' adapter, with the servers' metrics sifted. */
    private static final class Adapter extends VertxMeterBinderAdapter {

        private final VertxMeterBinderAdapter quarkus;
        private final Instance<HttpBinderConfiguration> config;

        Adapter(VertxMeterBinderAdapter quarkus, Instance<HttpBinderConfiguration> config) {
            this.quarkus = quarkus;
            this.config = config;
        }

        @Override
        public @Nullable HttpServerMetrics<?, ?, ?> createHttpServerMetrics(
                HttpServerOptions options, SocketAddress localAddress) {
            HttpServerMetrics<?, ?, ?> all = quarkus.createHttpServerMetrics(options, localAddress);
            return all == null ? null : new Sifted<>(all, config.get().getServerIgnorePatterns());
        }

        @Override
        public @Nullable HttpClientMetrics<?, ?, ?, ?> createHttpClientMetrics(HttpClientOptions options) {
            return quarkus.createHttpClientMetrics(options);
        }
    }

    /**
     * @param <R> a request's, null for one that is ignored
     * @param <W> a WebSocket's
     * @param <S> a connection's
     */
    private static final class Sifted<R, W, S> implements HttpServerMetrics<R, W, S> {

        private final HttpServerMetrics<R, W, S> all;
        private final List<Pattern> ignored;

        Sifted(HttpServerMetrics<R, W, S> all, List<Pattern> ignored) {
            this.all = all;
            this.ignored = ignored;
        }

        @Override
        public @Nullable R requestBegin(S socket, HttpRequest request) {
            return isIgnored(request) ? null : all.requestBegin(socket, request);
        }

        private boolean isIgnored(HttpRequest request) {
            if (request instanceof HttpServerRequest asked && asked.path() != null) {
                for (Pattern pattern : ignored) {
                    if (pattern.matcher(asked.path()).matches()) {
                        return true;
                    }
                }
            }
            return false;
        }

        @Override
        public void requestEnd(@Nullable R metric, HttpRequest request, long bytesRead) {
            if (metric != null) {
                all.requestEnd(metric, request, bytesRead);
            }
        }

        @Override
        public void requestReset(@Nullable R metric) {
            if (metric != null) {
                all.requestReset(metric);
            }
        }

        @Override
        public void requestRouted(@Nullable R metric, String route) {
            if (metric != null) {
                all.requestRouted(metric, route);
            }
        }

        @Override
        public void responseBegin(@Nullable R metric, HttpResponse response) {
            if (metric != null) {
                all.responseBegin(metric, response);
            }
        }

        @Override
        public R responsePushed(S socket, HttpMethod method, String uri, HttpResponse response) {
            return all.responsePushed(socket, method, uri, response);
        }

        @Override
        public void responseEnd(@Nullable R metric, HttpResponse response, long bytesWritten) {
            if (metric != null) {
                all.responseEnd(metric, response, bytesWritten);
            }
        }

        @Override
        public @Nullable W connected(S socket, @Nullable R metric, ServerWebSocket webSocket) {
            return metric == null ? null : all.connected(socket, metric, webSocket);
        }

        @Override
        public void disconnected(W webSocket) {
            all.disconnected(webSocket);
        }

        @Override
        public S connected(SocketAddress remoteAddress, String remoteName) {
            return all.connected(remoteAddress, remoteName);
        }

        @Override
        public void disconnected(S socket, SocketAddress remoteAddress) {
            all.disconnected(socket, remoteAddress);
        }

        @Override
        public void bytesRead(S socket, SocketAddress remoteAddress, long numberOfBytes) {
            all.bytesRead(socket, remoteAddress, numberOfBytes);
        }

        @Override
        public void bytesWritten(S socket, SocketAddress remoteAddress, long numberOfBytes) {
            all.bytesWritten(socket, remoteAddress, numberOfBytes);
        }

        @Override
        public void exceptionOccurred(S socket, SocketAddress remoteAddress, Throwable t) {
            all.exceptionOccurred(socket, remoteAddress, t);
        }

        @Override
        public void close() {
            all.close();
        }
    }
}
