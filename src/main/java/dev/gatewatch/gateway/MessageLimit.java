package dev.gatewatch.gateway;

import dev.gatewatch.connection.Failure;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Ends a connection on which a message is too large, before the message fills the memory.
 *
 * <p>Discord4J collects a message and inflates it as a whole, without a limit. So each message is inflated here first, and thrown
 * away piece by piece. Bytes are counted, too, since Netty collects a frame before anybody sees it.
 *
 * <p>Used on the connection's event loop only.
 */
final class MessageLimit extends ChannelInboundHandlerAdapter {

    /** Inflated or not. Discord's largest message, the GUILD_CREATE of a very large guild, has some 2 MB. */
    static final int MOST_BYTES = 8 << 20;

    /** What a message's last frame ends with; see [Discord Docs/Gateway/Transport Compression]. */
    private static final int END_OF_MESSAGE = 0x0000FFFF;

    private final ObservedLink link;
    private final byte[] thrownAway = new byte[8_192];

    /** Made when something is to be inflated: nothing would free its native memory after a connect that fails. */
    private @Nullable Inflater inflater;

    private int arrived; // bytes since the last whole message
    private int inflated; // likewise
    private boolean unreadable;

    MessageLimit(ObservedLink link) {
        this.link = link;
    }

    /** Counts the bytes of a connection on which nothing has arrived yet. */
    void countBytes(Channel socket) {
        socket.pipeline().addBefore(NettyPipeline.HttpCodec, "gatewatch.bytes", new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                arrived += message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
                passOn(context, message);
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof BinaryWebSocketFrame frame) {
            inflate(frame.content());
        } else if (message instanceof ContinuationWebSocketFrame frame) {
            inflate(frame.content());
        }
        passOn(context, message);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        unreadable = true;
        if (inflater != null) {
            inflater.end();
        }
    }

    private void passOn(ChannelHandlerContext context, Object message) {
        if (arrived <= MOST_BYTES && inflated <= MOST_BYTES) {
            context.fireChannelRead(message);
            return;
        }
        ReferenceCountUtil.release(message);
        link.failed(Failure.of(
                Failure.Kind.PROTOCOL, "A message from Discord is larger than " + (MOST_BYTES >> 20) + " MB"));
        context.close();
    }

    private void inflate(ByteBuf content) {
        if (unreadable) {
            return;
        }
        Inflater stream = inflater == null ? new Inflater() : inflater;
        inflater = stream;
        stream.setInput(content.nioBuffer());
        try {
            for (int length = -1; length != 0 && inflated <= MOST_BYTES; inflated += length) {
                length = stream.inflate(thrownAway);
            }
        } catch (DataFormatException e) {
            unreadable = true; // Discord4J will find it, too, and end the connection
        }
        int size = content.readableBytes();
        if (inflated <= MOST_BYTES && size >= Integer.BYTES && endsMessage(content, size)) {
            arrived = 0;
            inflated = 0;
        }
    }

    private static boolean endsMessage(ByteBuf content, int size) {
        return content.getInt(content.readerIndex() + size - Integer.BYTES) == END_OF_MESSAGE;
    }
}
