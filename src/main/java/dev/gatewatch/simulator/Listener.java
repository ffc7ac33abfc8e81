package dev.gatewatch.simulator;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Where clients connect: one port for everything, and a second one when the options ask for it. */
final class Listener {

    /** More than a message with files may have. */
    private static final int MAX_REQUEST = 32 << 20;

    private final ListeningSocket main;
    private final @Nullable ListeningSocket second;

    Listener(Gateway gateway) {
        ServerBootstrap bootstrap = bootstrap(gateway);
        Integer tlsPort = gateway.options().tlsPort();
        main = new ListeningSocket(gateway, bootstrap, gateway.options().port());
        second = tlsPort == null ? null : new ListeningSocket(gateway, bootstrap, tlsPort);
    }

    /** Binds; returns when connections are accepted. Not for the event loop. */
    void bind() {
        sockets().forEach(ListeningSocket::bind);
    }

    /** Closes the listening sockets: from now on a TCP connect is refused. On the event loop. */
    void refuse() {
        sockets().forEach(ListeningSocket::refuse);
    }

    /** From now on a TCP connect is not answered, as where a firewall drops packets. On the event loop. */
    void ignore() {
        sockets().forEach(ListeningSocket::ignore);
    }

    /** Listens again, on the same ports, as soon as they can be had. On the event loop. */
    void resume() {
        sockets().forEach(ListeningSocket::resume);
    }

    int port() {
        return main.port();
    }

    /** The second port; empty when there is none. */
    OptionalInt tlsPort() {
        return second == null ? OptionalInt.empty() : OptionalInt.of(second.port());
    }

    private List<ListeningSocket> sockets() {
        return second == null ? List.of(main) : List.of(main, second);
    }

    private static ServerBootstrap bootstrap(Gateway gateway) {
        RestApi rest = new RestApi(gateway);
        ControlApi control = new ControlApi(gateway);
        InvalidRequests invalidRequests = new InvalidRequests(gateway);
        return new ServerBootstrap()
                .group(gateway.loop())
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(gateway.tls().sniffer())
                                .addLast(new HttpServerCodec(), new HttpObjectAggregator(MAX_REQUEST))
                                .addLast(new HttpRoutes(gateway, rest, control, invalidRequests));
                    }
                });
    }
}
