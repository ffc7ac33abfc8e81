package dev.gatewatch.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Lets bytes out drop by drop; when it is removed the rest goes at once. */
final class Trickle extends ChannelOutboundHandlerAdapter {

    private static final int TICKS_PER_SECOND = 20;

    private final int bytesPerTick;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private boolean ticking;

    Trickle(int bytesPerSecond) {
        this.bytesPerTick = Math.max(1, bytesPerSecond / TICKS_PER_SECOND);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        ByteBuf bytes = (ByteBuf) message;
        waiting.writeBytes(ByteBufUtil.getBytes(bytes));
        bytes.release();
        promise.setSuccess();
        if (!ticking) {
            ticking = true;
            tick(context);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (waiting.size() > 0) {
            context.writeAndFlush(Unpooled.wrappedBuffer(waiting.toByteArray()));
            waiting.reset();
        }
    }

    private void tick(ChannelHandlerContext context) {
        ticking =
                waiting.size() > 0 && !context.isRemoved() && context.channel().isActive();
        if (ticking) {
            byte[] all = waiting.toByteArray();
            int some = Math.min(bytesPerTick, all.length);
            waiting.reset();
            waiting.write(all, some, all.length - some);
            context.writeAndFlush(Unpooled.wrappedBuffer(Arrays.copyOf(all, some)));
            context.executor().schedule(() -> tick(context), 1000 / TICKS_PER_SECOND, TimeUnit.MILLISECONDS);
        }
    }
}
