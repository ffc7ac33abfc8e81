package dev.gatewatch.gateway;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Sinks;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientState;

/**
 * Our hands on one connection's socket, for three things that Discord4J does otherwise.
 *
 * <p>Discord4J connects before it subscribes to what the connection receives. A HELLO that arrives with the upgrade is then lost, and the
 * connection waits for ever. So the connect waits for {@link #release}.
 *
 * <p>Discord4J closes with 1000 when it is cancelled, which ends the session. So {@link #cut} closes first, with a code that keeps the session.
 *
 * <p>Discord4J sends RESUME when HELLO has arrived. Discord wants it as soon as the connection is open; see [Discord Docs/Gateway/Preparing to
 * Resume]. So the first payload is sent from here.
 */
final class Upgrade {

    /** Any code but 1000 and 1001 keeps the session; see [Discord Docs/Gateway/Initiating a Disconnect]. */
    static final int CLOSE_AND_KEEP_SESSION = 4000;

    private static final int CLOSE_AND_END_SESSION = 1000;

    private final Sinks.Empty<Void> released = Sinks.empty();
    private final HttpClient client;
    private volatile @Nullable Channel channel;
    private volatile boolean cut;
    private volatile boolean sessionEnds;

    /**
     * @param base the client whose settings are taken over
     * @param tap sees first what arrives
     * @param limit sees last what is sent
     * @param size sees before the tap how large messages are
     * @param firstPayload what is sent at the very moment the WebSocket is open, if anything
     */
    Upgrade(HttpClient base, FrameTap tap, SendLimit limit, MessageLimit size, Optional<String> firstPayload) {
        client = base.mapConnect(connect -> released.asMono().then(connect))
                .doOnChannelInit((observer, socket, remote) -> {
                    size.countBytes(socket);
                    opened(socket);
                })
                .observe((connection, state) -> {
                    if (state == HttpClientState.RESPONSE_RECEIVED) {
                        firstPayload.ifPresent(this::write);
                    }
                })
                .doOnConnected(connection -> connection
                        .addHandlerLast("gatewatch.limit", limit)
                        .addHandlerLast("gatewatch.size", size)
                        .addHandlerLast("gatewatch.tap", tap));
    }

    HttpClient client() {
        return client;
    }

    /** Lets the connect begin. Call it when everything that reads is subscribed. */
    void release() {
        released.tryEmitEmpty().orThrow();
    }

    /** Sends a heartbeat past Discord4J; nothing happens when there is no socket. */
    void beat(int sequence) {
        write("{\"op\":1,\"d\":" + sequence + "}");
    }

    private void write(String text) {
        Channel open = channel;
        if (open != null && open.isActive()) {
            open.writeAndFlush(new TextWebSocketFrame(text));
        }
    }

    /** Makes {@link #cut} end the session. */
    void endSession() {
        sessionEnds = true;
    }

    /** Closes without waiting for the other side, so that the session lives on, unless it is to end. */
    void cut() {
        cut = true;
        Channel open = channel;
        if (open != null) {
            open.writeAndFlush(
                    sessionEnds
                            ? new CloseWebSocketFrame(CLOSE_AND_END_SESSION, "The bot logs out")
                            : new CloseWebSocketFrame(CLOSE_AND_KEEP_SESSION, "Gatewatch reconnects"));
            open.close();
        }
    }

    private void opened(Channel socket) {
        channel = socket;
        if (cut) {
            socket.close();
        }
    }
}
