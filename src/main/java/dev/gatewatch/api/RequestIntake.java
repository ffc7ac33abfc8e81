package dev.gatewatch.api;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Passes received bytes to the HTTP decoder in small slices, and stops while too many requests are unanswered or the
 * answers do not leave. While it holds bytes back, nothing is read from the socket.
 *
 * <p>All of it happens on the connection's event loop.
 */
final class RequestIntake extends ChannelDuplexHandler {

    /** Unanswered requests of one connection that stop the intake. */
    static final int UNANSWERED = 16;

    /** Bytes passed at once. The smallest request has 18 bytes, so that a slice brings at most 56 more requests. */
    private static final int SLICE = 1024;

    private final Queue<ByteBuf> held = new ArrayDeque<>();

    @Nullable
    private ChannelHandlerContext context;

    private int unanswered;
    private boolean stopped;
    private boolean proceeding;

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        release();
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        release();
        inactive.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext reader, Object message) {
        if (message instanceof ByteBuf bytes) {
            held.add(bytes);
            proceed(reader);
        } else {
            reader.fireChannelRead(message);
        }
    }

    @Override
    public void read(ChannelHandlerContext reader) {
        reader.read();
        proceed(reader);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext changed) {
        changed.fireChannelWritabilityChanged();
        proceed(changed);
    }

    /** The decoder has read a request's head. */
    void asked() {
        unanswered++;
    }

    /** The last part of an answer was written. */
    void answered() {
        unanswered = Math.max(0, unanswered - 1); // under TLS, requests may have come before this handler
        if (context != null) {
            proceed(context);
        }
    }

    private void proceed(ChannelHandlerContext reader) {
        if (proceeding) {
            return; // the call below in the stack sees the change
        }
        proceeding = true;
        try {
            if (stopped && !isFull(reader)) {
                stopped = false;
                reader.channel().config().setAutoRead(true);
            }
            boolean passed;
            do {
                passed = pass(reader);
            } while (passed); // the flush may have made room
            if ((!held.isEmpty() || isFull(reader)) && reader.channel().config().isAutoRead()) {
                stopped = true;
                reader.channel().config().setAutoRead(false);
            }
        } finally {
            proceeding = false;
        }
    }

    /**
     * Passes on what is allowed. Without auto-read, the handler of the requests has asked for a pause.
     *
     * @return whether anything was passed
     */
    private boolean pass(ChannelHandlerContext reader) {
        boolean passed = false;
        for (ByteBuf first = held.peek();
                first != null && !isFull(reader) && reader.channel().config().isAutoRead();
                first = held.peek()) {
            passed = true;
            reader.fireChannelRead(first.readableBytes() > SLICE ? first.readRetainedSlice(SLICE) : held.remove());
        }
        if (passed) {
            reader.fireChannelReadComplete(); // makes Vert.x flush the answers
        }
        return passed;
    }

    private boolean isFull(ChannelHandlerContext reader) {
        return unanswered >= UNANSWERED || !reader.channel().isWritable();
    }

    private void release() {
        held.forEach(ByteBuf::release);
        held.clear();
    }
}
