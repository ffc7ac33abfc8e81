package dev.gatewatch.simulator;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns messages into frames: plain or compressed, whole or in fragments, at once or, in a black hole, never.
 *
 * <p>A black hole keeps the frames of both directions: after it, all arrive late, as TCP does after a cut cable.
 */
final class Wire {

    private final Channel channel;
    private final @Nullable TransportCompression compression;
    private final Deque<Held> held = new ArrayDeque<>();
    private boolean holding;
    private int fragmentBytes;

    /** What waits for the end of a black hole, and how it is thrown away if the connection ends before. */
    private record Held(Runnable action, Runnable discard) {}

    /** @param compress what the client asked for; empty for none */
    Wire(Channel channel, String compress) {
        this.channel = channel;
        this.compression = switch (compress) {
            case "zlib-stream" -> new ZlibStream();
            case "zstd-stream" -> new ZstdStream();
            default -> null;
        };
    }

    /** Sends one message. */
    void write(byte[] message) {
        write(message, () -> {});
    }

    /** Sends one message, and tells when it has really been written: a black hole holds it back. */
    void write(byte[] message, Runnable written) {
        inOrder(() -> {
            if (channel.isActive()) {
                frames(compression == null ? message : compression.compress(message));
                written.run();
            }
        });
    }

    /** Sends bytes in a binary frame as they are: a compressing client will take them for its stream. */
    void writeBinary(byte[] bytes) {
        writeFrame(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(bytes)));
    }

    void writeFrame(WebSocketFrame frame) {
        inOrder(() -> channel.writeAndFlush(frame), frame::release);
    }

    /** Ends the TCP connection by FIN, after all that was written before. */
    void end() {
        inOrder(() -> channel.close());
    }

    /** Takes in a frame, now or when the black hole ends. */
    void receive(WebSocketFrame frame, Consumer<WebSocketFrame> to) {
        inOrder(() -> to.accept(frame), frame::release);
    }

    /** Begins or ends a black hole. */
    void hold(boolean hold) {
        holding = hold;
        while (!holding && !held.isEmpty()) {
            held.removeFirst().action().run();
        }
    }

    boolean holding() {
        return holding;
    }

    /** Cuts the messages from now on into frames of this many bytes; 0 for whole ones. */
    void fragment(int bytes) {
        fragmentBytes = bytes;
    }

    void stop() {
        held.forEach(waiting -> waiting.discard().run());
        held.clear();
        if (compression != null) {
            compression.close();
        }
    }

    private void inOrder(Runnable action) {
        inOrder(action, () -> {});
    }

    private void inOrder(Runnable action, Runnable discard) {
        if (holding) {
            held.addLast(new Held(action, discard));
        } else {
            action.run();
        }
    }

    private void frames(byte[] bytes) {
        int step = fragmentBytes > 0 ? fragmentBytes : Math.max(1, bytes.length);
        for (int from = 0; from < Math.max(1, bytes.length); from += step) {
            int to = Math.min(bytes.length, from + step);
            channel.write(frame(Arrays.copyOfRange(bytes, from, to), from == 0, to == bytes.length));
        }
        channel.flush();
    }

    private WebSocketFrame frame(byte[] bytes, boolean first, boolean last) {
        var content = Unpooled.wrappedBuffer(bytes);
        if (!first) {
            return new ContinuationWebSocketFrame(last, 0, content);
        }
        return compression != null
                ? new BinaryWebSocketFrame(last, 0, content)
                : new TextWebSocketFrame(last, 0, content);
    }
}
