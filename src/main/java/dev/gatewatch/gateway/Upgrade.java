package dev.gatewatch.gateway;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;

/**
 * Our hands on one connection's socket.
 *
 * <p>Discord4J subscribes to a connection before it subscribes to what the connection receives; a HELLO that arrives with the
 * upgrade is then lost, and the connection waits for ever. So the connect is held back until {@link #release}. And Discord4J
 * closes with 1000 when it is cancelled, which ends the session; so {@link #cut} closes first, with a code that keeps it.
 */
final class Upgrade {

    /** Any code but 1000 and 1001 keeps the session; see [Discord Docs/Gateway/Initiating a Disconnect]. */
    static final int CLOSE_AND_KEEP_SESSION = 4000;

    private final Sinks.Empty<Void> released = Sinks.empty();
    private final HttpClient client;
    private volatile @Nullable Channel channel;
    private volatile boolean cut;

    Upgrade(HttpClient base, FrameTap tap) {
        client = base.mapConnect(connect -> released.asMono().then(Mono.defer(() -> connect)))
                .doOnConnected(connection -> connected(connection, tap));
    }

    HttpClient client() {
        return client;
    }

    /** Lets the connect begin; to be called when everything that reads is subscribed. */
    void release() {
        released.tryEmitEmpty();
    }

    /** Writes a text frame past Discord4J; nothing happens when there is no socket. */
    void write(String text) {
        Channel open = channel;
        if (open != null && open.isActive()) {
            open.writeAndFlush(new TextWebSocketFrame(text));
        }
    }

    /** Closes without waiting for the other side, so that the session lives on. */
    void cut() {
        cut = true;
        Channel open = channel;
        if (open != null) {
            open.writeAndFlush(new CloseWebSocketFrame(CLOSE_AND_KEEP_SESSION, "Gatewatch reconnects"));
            open.close();
        }
    }

    private void connected(Connection connection, FrameTap tap) {
        channel = connection.channel();
        if (cut) {
            connection.channel().close();
            return;
        }
        connection.channel().pipeline().addBefore(NettyPipeline.ReactiveBridge, "gatewatch.tap", tap);
    }
}
