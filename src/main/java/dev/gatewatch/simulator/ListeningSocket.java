package dev.gatewatch.simulator;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One listening socket, which a fault can really close for a while. */
final class ListeningSocket {

    private static final long REBIND_MILLIS = 100;

    private final Gateway gateway;
    private final ServerBootstrap bootstrap;
    private final ServerBootstrap ignoring;
    private final Backlog backlog = new Backlog();
    private volatile int port;
    private @Nullable Channel socket;
    private Door door = Door.LISTENING;

    ListeningSocket(Gateway gateway, ServerBootstrap bootstrap, int port) {
        this.gateway = gateway;
        this.bootstrap = bootstrap;
        this.port = port;
        this.ignoring = bootstrap
                .clone()
                .option(ChannelOption.AUTO_READ, false) // nobody is accepted
                .option(ChannelOption.SO_BACKLOG, Backlog.SIZE);
    }

    /** Binds; returns when connections are accepted. Not for the event loop. */
    void bind() {
        ChannelFuture bound = bootstrap.bind(address()).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            String why = "the simulator cannot listen on %s:%d: %s"
                    .formatted(gateway.options().host(), port, bound.cause().getMessage());
            throw new UncheckedIOException(new IOException(why, bound.cause()));
        }
        opened(bound.channel());
    }

    /** Closes the listening socket: from now on a TCP connect is refused. On the event loop. */
    void refuse() {
        become(Door.REFUSING);
    }

    /** From now on a TCP connect is not answered, as where a firewall drops packets. On the event loop. */
    void ignore() {
        become(Door.IGNORING);
    }

    /** Listens again, on the same port, as soon as it can be had. On the event loop. */
    void resume() {
        become(Door.LISTENING);
    }

    int port() {
        return port;
    }

    private void become(Door as) {
        door = as;
        backlog.close();
        if (socket != null) {
            socket.close();
        }
        if (as == Door.REFUSING) {
            gateway.journal().add("refusing", Map.of("port", port));
        } else {
            listen(as);
        }
    }

    private void listen(Door as) {
        if (door != as || (socket != null && socket.isOpen())) {
            return; // struck again meanwhile
        }
        (as == Door.IGNORING ? ignoring : bootstrap).bind(address()).addListener((ChannelFuture bound) -> {
            if (!bound.isSuccess()) {
                gateway.loop().schedule(() -> listen(as), REBIND_MILLIS, TimeUnit.MILLISECONDS);
            } else if (door != as) {
                bound.channel().close(); // struck again while binding
            } else if (as == Door.IGNORING) {
                socket = bound.channel();
                backlog.fill((InetSocketAddress) bound.channel().localAddress());
                gateway.journal().add("ignoring", Map.of("port", port));
            } else {
                opened(bound.channel());
            }
        });
    }

    private void opened(Channel bound) {
        socket = bound;
        port = ((InetSocketAddress) bound.localAddress()).getPort();
        gateway.journal().add("listening", Map.of("port", port));
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(gateway.options().host(), port);
    }

    private enum Door {
        LISTENING,
        IGNORING,
        REFUSING
    }
}
