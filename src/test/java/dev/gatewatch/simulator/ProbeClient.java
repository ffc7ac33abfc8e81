package dev.gatewatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.zip.Inflater;
import java.util.zip.InflaterOutputStream;

/** A gateway client without any intelligence: it sends what a test says and collects what comes. */
final class ProbeClient implements WebSocket.Listener, AutoCloseable {

    static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long PATIENCE_SECONDS = 30;

    private final LinkedBlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
    private final ByteArrayOutputStream inflated = new ByteArrayOutputStream();
    private final InflaterOutputStream inflater = new InflaterOutputStream(inflated, new Inflater());
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
    private int frames;
    private final WebSocket socket;

    private ProbeClient(HttpClient http, URI uri) {
        this.socket = http.newWebSocketBuilder().buildAsync(uri, this).join();
    }

    static ProbeClient connect(Simulator simulator) {
        return connect("ws://127.0.0.1:" + simulator.port() + "/?v=10&encoding=json");
    }

    static ProbeClient connect(String url) {
        return connect(HTTP, url);
    }

    static ProbeClient connect(HttpClient http, String url) {
        return new ProbeClient(http, URI.create(url));
    }

    /** Connects, identifies and takes READY. */
    static ProbeClient ready(Simulator simulator) {
        ProbeClient client = connect(simulator);
        client.nextOp(10);
        client.identify(simulator.token());
        client.next("READY");
        return client;
    }

    void identify(String token) {
        identify(token, 0, 1);
    }

    void identify(String token, int shard, int shards) {
        ObjectNode data = identifyData(token);
        data.putArray("shard").add(shard).add(shards);
        send(2, data);
    }

    /** GUILDS, GUILD_MESSAGES, and both for typing, which the numbered events need. */
    private static final int INTENTS = 513 | 1 << 11 | 1 << 14;

    static ObjectNode identifyData(String token) {
        ObjectNode data = MAPPER.createObjectNode().put("token", token).put("intents", INTENTS);
        data.putObject("properties").put("os", "linux").put("browser", "probe").put("device", "probe");
        return data;
    }

    void resume(String token, String session, int sequence) {
        send(
                6,
                MAPPER.createObjectNode()
                        .put("token", token)
                        .put("session_id", session)
                        .put("seq", sequence));
    }

    void send(int op, JsonNode data) {
        ObjectNode payload = MAPPER.createObjectNode().put("op", op);
        payload.set("d", data);
        send(payload.toString());
    }

    void send(String raw) {
        socket.sendText(raw, true).join();
    }

    void close(int code) {
        socket.sendClose(code, "").join();
    }

    void abort() {
        socket.abort();
    }

    @Override
    public void close() {
        socket.abort();
    }

    JsonNode nextOp(int op) {
        return next(message -> message.path("op").asInt() == op, "op " + op);
    }

    JsonNode next(String type) {
        return next(message -> type.equals(message.path("t").asText()), type);
    }

    JsonNode next() {
        return next(message -> true, "any message");
    }

    /** Waits for a message, passing over others. */
    JsonNode next(Predicate<JsonNode> wanted, String name) {
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (true) {
                JsonNode message = messages.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                assertThat(message)
                        .as("waited %d s for %s, closed: %s", PATIENCE_SECONDS, name, closeCode)
                        .isNotNull();
                if (wanted.test(message)) {
                    return message;
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends a heartbeat and requires that nothing but other messages comes before its ACK; returns them. */
    List<JsonNode> untilAck() {
        send(1, MAPPER.nullNode());
        List<JsonNode> before = new ArrayList<>();
        next(
                message -> {
                    before.add(message);
                    return message.path("op").asInt() == 11;
                },
                "an ACK");
        before.remove(before.size() - 1);
        return before;
    }

    boolean hasMessage() {
        return !messages.isEmpty();
    }

    /**
     * The close code; -1 when the connection ended without one. Of that the JDK's client may hear nothing on a busy machine: its socket is in CLOSE_WAIT,
     * and it waits for more. A ping tells.
     */
    int closeCode() {
        for (int i = 0; i < PATIENCE_SECONDS; i++) {
            Integer code = closeCode
                    .copy()
                    .completeOnTimeout(null, 1, TimeUnit.SECONDS)
                    .join();
            if (code != null) {
                return code;
            }
            socket.sendPing(ByteBuffer.allocate(0)).whenComplete((sent, error) -> {
                if (error != null) {
                    closeCode.complete(-1);
                }
            });
        }
        throw new AssertionError("the connection is still open");
    }

    boolean open() {
        return !closeCode.isDone();
    }

    /** How many frames have come. */
    int frames() {
        return frames;
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        frames++;
        text.append(data);
        if (last) {
            accept(text.toString());
            text.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        frames++;
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        binary.writeBytes(bytes);
        if (last) {
            try {
                inflater.write(binary.toByteArray());
                inflater.flush();
                accept(inflated.toString(StandardCharsets.UTF_8));
            } catch (IOException e) {
                messages.add(MAPPER.createObjectNode().put("corrupt", e.toString()));
            }
            binary.reset();
            inflated.reset();
        }
        webSocket.request(1);
        return null;
    }

    private void accept(String message) {
        try {
            messages.add(MAPPER.readTree(message));
        } catch (IOException e) {
            messages.add(MAPPER.createObjectNode().put("malformed", message));
        }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closeCode.complete(statusCode == 1006 ? -1 : statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closeCode.complete(-1);
    }
}
