package dev.gatewatch.gateway;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.resolver.AddressResolverGroup;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientState;

/**
 * Our hands on one connection's socket.
 *
 * <p>Discord4J subscribes to a connection before it subscribes to what the connection receives; a HELLO that arrives with the
 * upgrade is then lost, and the connection waits for ever. So the connect is held back until {@link #release}, as late as can be. And
 * Discord4J closes with 1000 when it is cancelled, which ends the session; so {@link #cut} closes first, with a code that keeps it.
 *
 * <p>And Discord4J answers HELLO with RESUME, where Discord wants one "once the new connection is opened", so that neither side waits for the
 * other; see [Discord Docs/Gateway/Preparing to Resume]. So the first payload is sent from here.
 */
final class Upgrade {

    /** Any code but 1000 and 1001 keeps the session; see [Discord Docs/Gateway/Initiating a Disconnect]. */
    static final int CLOSE_AND_KEEP_SESSION = 4000;

    private final HeldResolver address;
    private final HttpClient client;
    private volatile @Nullable Channel channel;
    private volatile boolean cut;

    /**
     * @param base the client whose settings are taken over
     * @param tap sees first what arrives
     * @param firstPayload what is sent at the very moment the WebSocket is open, if anything
     */
    Upgrade(HttpClient base, FrameTap tap, Supplier<Optional<String>> firstPayload) {
        address = new HeldResolver(resolvers(base));
        client = base.resolver(address)
                .doOnChannelInit((observer, socket, remote) -> opened(socket))
                .observe((connection, state) -> {
                    if (state == HttpClientState.RESPONSE_RECEIVED) {
                        firstPayload.get().ifPresent(this::write);
                    }
                })
                .doOnConnected(connection ->
                        connection.channel().pipeline().addBefore(NettyPipeline.ReactiveBridge, "gatewatch.tap", tap));
    }

    HttpClient client() {
        return client;
    }

    /** Lets the connect begin; to be called when everything that reads is subscribed. */
    void release() {
        address.release();
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

    @SuppressWarnings("unchecked") // reactor-netty says as much where it uses it
    private static AddressResolverGroup<InetSocketAddress> resolvers(HttpClient base) {
        return (AddressResolverGroup<InetSocketAddress>) base.configuration().defaultAddressResolverGroup();
    }

    private void opened(Channel socket) {
        channel = socket;
        if (cut) {
            socket.close();
        }
    }
}
