package dev.gatewatch.simulator;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Turns an HTTP connection into a gateway connection.
 *
 * <p>By hand, since Netty's handshaker flushes the 101 by itself, and HELLO shall be able to leave in the same segment:
 * that is what trips clients that are not ready for it. See [RFC 6455, section 4.2.2].
 */
final class WebSocketUpgrade {

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int MAX_MESSAGE = 1 << 20;

    private final Gateway gateway;

    WebSocketUpgrade(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Says why a request cannot be upgraded; null when it can. */
    static @Nullable Reply refusalOf(HttpCall call) {
        if (!call.headers().contains("Sec-WebSocket-Key")) {
            return Reply.error(400, "Sec-WebSocket-Key is missing");
        }
        return null;
    }

    void carryOut(ChannelHandlerContext context, HttpCall call) {
        ChannelPipeline pipeline = context.pipeline();
        GatewayConnection connection = new GatewayConnection(gateway, context.channel(), call);
        WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(MAX_MESSAGE)
                .allowExtensions(false)
                .expectMaskedFrames(true)
                .build();
        pipeline.remove(HttpObjectAggregator.class);
        // The encoder first: the decoder answers what breaks the protocol with a close frame of its own.
        pipeline.addLast(new WebSocket13FrameEncoder(false), new WebSocket13FrameDecoder(config));
        pipeline.addLast(new WebSocketFrameAggregator(MAX_MESSAGE), connection);
        // Past the HTTP codec, which must stay until the bytes that it may have read ahead can move on.
        pipeline.context(HttpServerCodec.class).write(Unpooled.wrappedBuffer(response(call)));
        pipeline.remove(HttpServerCodec.class);
        pipeline.remove(HttpRoutes.class);
        connection.open();
        context.channel().flush();
    }

    private static byte[] response(HttpCall call) {
        String accept = accept(call.headers().get("Sec-WebSocket-Key"));
        return ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nDate: "
                        + Timestamps.httpDate() + "\r\nSec-WebSocket-Accept: " + accept + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String accept(String key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder().encodeToString(sha1.digest((key + GUID).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
