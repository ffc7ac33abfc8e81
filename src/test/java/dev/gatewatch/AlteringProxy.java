package dev.gatewatch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatewatch.simulator.Simulator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.client.WebsocketClientSpec;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

/** Stands between a bot and the simulator, and alters what Discord says. */
final class AlteringProxy implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_FRAME = 4 << 20;
    private static final String GATEWAY_BOT = "/api/v10/gateway/bot";

    private final HttpClient client = HttpClient.create();
    private final Queue<String> upgrades = new ConcurrentLinkedQueue<>();
    private final Simulator simulator;
    private final Alteration alteration;
    private final DisposableServer server;

    /** What is altered; each method changes what it is given. */
    interface Alteration {

        /** The answer to {@code GET /gateway/bot}. */
        default void gatewayBot(HttpHeaders headers, ObjectNode body) {}

        /** A payload to the bot. */
        default void payload(ObjectNode payload) {}
    }

    AlteringProxy(Simulator simulator, Alteration alteration) {
        this.simulator = simulator;
        this.alteration = alteration;
        server =
                HttpServer.create().host("127.0.0.1").port(0).handle(this::pass).bindNow();
    }

    String apiBaseUrl() {
        return "http://127.0.0.1:" + server.port() + "/api/v10";
    }

    /** The gateway as the bot is told of it. */
    String gatewayUrl() {
        return "ws://127.0.0.1:" + server.port();
    }

    /** Path and query of each connection to the gateway, in their order. */
    List<String> upgrades() {
        return List.copyOf(upgrades);
    }

    @Override
    public void close() {
        server.disposeNow();
    }

    private Mono<Void> pass(HttpServerRequest request, HttpServerResponse response) {
        if (!request.requestHeaders().contains(HttpHeaderNames.UPGRADE)) {
            return rest(request, response);
        }
        upgrades.add(request.uri());
        return response.sendWebsocket(
                this::gateway,
                WebsocketServerSpec.builder()
                        .maxFramePayloadLength(LARGEST_FRAME)
                        .build());
    }

    private Mono<Void> rest(HttpServerRequest request, HttpServerResponse response) {
        return request.receive()
                .aggregate()
                .asByteArray()
                .defaultIfEmpty(new byte[0])
                .flatMap(body -> client.headers(headers -> copy(
                                request.requestHeaders(),
                                headers,
                                HttpHeaderNames.AUTHORIZATION,
                                HttpHeaderNames.CONTENT_TYPE))
                        .request(request.method())
                        .uri("http://127.0.0.1:" + simulator.port() + request.uri())
                        .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
                        .responseSingle((answer, content) -> content.asString()
                                .defaultIfEmpty("")
                                .flatMap(text -> answer(request.uri(), answer, text, response))));
    }

    private Mono<Void> answer(String path, HttpClientResponse from, String text, HttpServerResponse to) {
        from.responseHeaders().forEach(header -> to.header(header.getKey(), header.getValue()));
        to.status(from.status()).responseHeaders().remove(HttpHeaderNames.CONTENT_LENGTH);
        String body = path.equals(GATEWAY_BOT) ? gatewayBot(to.responseHeaders(), text) : text;
        return to.sendString(Mono.just(body)).then();
    }

    private String gatewayBot(HttpHeaders headers, String text) {
        ObjectNode body = parse(text);
        body.replace("url", JSON.getNodeFactory().textNode(gatewayUrl()));
        alteration.gatewayBot(headers, body);
        return body.toString();
    }

    /** The simulator's side is not compressed, the bot's is. Who loses one side loses the other, without a close frame. */
    private Mono<Void> gateway(WebsocketInbound fromBot, WebsocketOutbound toBot) {
        Deflater deflater = new Deflater();
        return client.websocket(WebsocketClientSpec.builder()
                        .maxFramePayloadLength(LARGEST_FRAME)
                        .build())
                .uri(simulator.gatewayUrl() + "/?v=10&encoding=json")
                .handle((fromSimulator, toSimulator) -> Flux.firstWithSignal(
                        toSimulator.sendString(text(fromBot)).then(),
                        toBot.sendObject(
                                        text(fromSimulator).map(text -> deflated(altered(text), deflater)),
                                        each -> true)
                                .then()))
                .then()
                .onErrorComplete()
                .doFinally(end -> deflater.end())
                .then(Mono.fromRunnable(() -> fromBot.withConnection(
                        connection -> connection.channel().close())));
    }

    private static Flux<String> text(WebsocketInbound from) {
        return from.aggregateFrames(LARGEST_FRAME).receive().asString();
    }

    private String altered(String text) {
        ObjectNode payload = parse(text);
        if (payload.path("t").asText().equals("READY")) {
            ((ObjectNode) payload.path("d")).put("resume_gateway_url", gatewayUrl() + "/resume");
        }
        alteration.payload(payload);
        return payload.toString();
    }

    /** See [Discord Docs/Gateway/Transport Compression]. */
    private static BinaryWebSocketFrame deflated(String text, Deflater deflater) {
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        byte[] buffer = new byte[plain.length + 1_024];
        deflater.setInput(plain);
        int length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
        return new BinaryWebSocketFrame(Unpooled.wrappedBuffer(buffer, 0, length));
    }

    private static ObjectNode parse(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(HttpHeaders from, HttpHeaders to, CharSequence... names) {
        Stream.of(names).filter(from::contains).forEach(name -> to.set(name, from.get(name)));
    }
}
