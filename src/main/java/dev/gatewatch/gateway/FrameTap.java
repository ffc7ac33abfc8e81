package dev.gatewatch.gateway;

import dev.gatewatch.connection.Failure;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/**
 * Sits in the pipeline before everything else reads, and sees first-hand how a connection ends: by a close frame and its
 * code, by an error, or by the socket's silent end, which Discord4J would notice only minutes later.
 *
 * <p>What arrives after the end goes no further: a resume brings it again. Nor does the close frame: the {@link DiscordLink} takes the connection
 * apart.
 */
final class FrameTap extends ChannelInboundHandlerAdapter {

    private final Pulse pulse;
    private final ObservedLink link;
    private boolean upgraded;

    FrameTap(Pulse pulse, ObservedLink link) {
        this.pulse = pulse;
        this.link = link;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof WebSocketFrame frame) {
            upgraded = true;
            pulse.frameArrived();
            if (frame instanceof CloseWebSocketFrame close) {
                link.failed(closed(close));
            }
            if (link.isOver()) {
                frame.release();
                return;
            }
        }
        context.fireChannelRead(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (upgraded) {
            link.failed(Failures.of(cause));
        }
        context.fireExceptionCaught(cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (upgraded) {
            link.failed(Failure.of(Failure.Kind.CLOSED_WITHOUT_CODE, "The connection ended without a close code"));
        }
        context.fireChannelInactive();
    }

    private static Failure closed(CloseWebSocketFrame close) {
        return close.statusCode() < 0
                ? Failure.of(Failure.Kind.CLOSED_WITHOUT_CODE, "Closed without a code")
                : Failure.closed(close.statusCode(), close.reasonText());
    }
}
