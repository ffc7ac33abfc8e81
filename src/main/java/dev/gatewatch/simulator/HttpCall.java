package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** One HTTP request, read to its end. */
record HttpCall(
        String method, String path, Map<String, List<String>> query, HttpHeaders headers, byte[] body, boolean tls) {

    static HttpCall of(FullHttpRequest request, boolean tls) {
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        return new HttpCall(
                request.method().name(),
                uri.path(),
                uri.parameters(),
                request.headers(),
                ByteBufUtil.getBytes(request.content()),
                tls);
    }

    /** True when it asks for a WebSocket. */
    boolean isUpgrade() {
        return headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
    }

    String query(String name, String fallback) {
        List<String> values = query.getOrDefault(name, List.of());
        return values.isEmpty() ? fallback : values.get(0);
    }

    /** Whether a query parameter is true, see [Discord Docs/Reference/Boolean Query Strings]. */
    boolean isTrue(String name) {
        return List.of("true", "True", "1").contains(query(name, ""));
    }

    /** The host and port under which the client reached us: what we hand out will be reachable for it, too. */
    String host(int port) {
        return headers.get(HttpHeaderNames.HOST, "127.0.0.1:" + port);
    }

    JsonNode json() throws IOException {
        return Json.parse(body);
    }
}
