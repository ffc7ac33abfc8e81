package dev.gatewatch.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Connections that fill the accept queue of a socket from which nobody is accepted: what connects after them gets no answer [listen(2)], on
 * Linux as it would from a firewall that drops packets. Other systems may refuse it.
 *
 * <p>Used on the event loop.
 */
final class Backlog {

    /** The accept queue to ask for; Linux takes one connection more. */
    static final int SIZE = 1;

    private static final int ENOUGH = SIZE + 3;

    private final List<SocketChannel> waiting = new ArrayList<>();

    void fill(InetSocketAddress address) {
        try {
            for (int i = 0; i < ENOUGH; i++) {
                SocketChannel channel = SocketChannel.open();
                waiting.add(channel);
                channel.configureBlocking(false);
                channel.connect(address);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void close() {
        for (SocketChannel channel : waiting) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        waiting.clear();
    }
}
