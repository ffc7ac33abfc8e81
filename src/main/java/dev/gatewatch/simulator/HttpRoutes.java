package dev.gatewatch.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.Map;

/** Takes each HTTP request where it belongs: control API, REST API or the gateway; faults come in between. */
final class HttpRoutes extends SimpleChannelInboundHandler<FullHttpRequest> {

    private final Gateway gateway;
    private final RestApi rest;
    private final ControlApi control;
    private final InvalidRequests invalidRequests;

    HttpRoutes(Gateway gateway, RestApi rest, ControlApi control, InvalidRequests invalidRequests) {
        this.gateway = gateway;
        this.rest = rest;
        this.control = control;
        this.invalidRequests = invalidRequests;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        HttpCall call = HttpCall.of(request, context.pipeline().get(SslHandler.class) != null);
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        if (call.path().equals("/_sim") || call.path().startsWith("/_sim/")) {
            write(context, control.answer(call), keepAlive);
            return;
        }
        Reply faulty = gateway.faults().answer(call);
        if (faulty != null) {
            write(context, invalidRequests.count(faulty), keepAlive);
        } else if (call.isUpgrade()) {
            Reply refusal = WebSocketUpgrade.refusalOf(call);
            if (refusal != null) {
                write(context, refusal, false);
            } else {
                new WebSocketUpgrade(gateway).carryOut(context, call);
            }
        } else {
            write(context, invalidRequests.count(rest.answer(call)), keepAlive);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent tls && !tls.isSuccess()) {
            gateway.journal()
                    .add(
                            "tls-failed",
                            Map.of("reason", String.valueOf(tls.cause().getMessage())));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close(); // a client that went away, or that does not speak HTTP
    }

    private static void write(ChannelHandlerContext context, Reply reply, boolean keepAlive) {
        switch (reply.sent()) {
            case NOTHING -> {}
            case RESET -> reset(context.channel());
            case END -> context.close();
            case HALF -> {
                ByteBuf half = Unpooled.wrappedBuffer(reply.body(), 0, reply.body().length / 2);
                FullHttpResponse response = response(reply, half);
                response.headers().set(HttpHeaderNames.CONTENT_LENGTH, reply.body().length);
                context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
            }
            case ALL -> {
                FullHttpResponse response = response(reply, Unpooled.wrappedBuffer(reply.body()));
                if (reply.status() != 204) {
                    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, reply.body().length);
                }
                HttpUtil.setKeepAlive(response, keepAlive);
                context.writeAndFlush(response)
                        .addListener(keepAlive ? ChannelFutureListener.CLOSE_ON_FAILURE : ChannelFutureListener.CLOSE);
            }
        }
    }

    /** Ends a TCP connection by RST instead of FIN. */
    static void reset(Channel channel) {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close();
    }

    private static FullHttpResponse response(Reply reply, ByteBuf body) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()), body);
        reply.headers().forEach((name, value) -> response.headers().set(name, value));
        response.headers().set(HttpHeaderNames.DATE, Timestamps.httpDate());
        return response;
    }
}
