package dev.gatewatch.api;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;

/**
 * Limits what one HTTP/1.1 connection can make the server hold: requests that wait for their turn, and answers that the
 * client does not read.
 *
 * <p>Vert.x decodes and queues every pipelined request, and queues every answer, without a bound. With this limit, the
 * server stops reading from the socket instead, so that TCP makes the client wait.
 *
 * <p>Netty loads this class as a service and calls it for each accepted connection. It does so only when the system
 * property {@link #SWITCH} is {@value #ON} before the first server starts.
 */
public final class PipelineLimit extends ChannelInitializerExtension {

    /** The system property that lets Netty load its extensions. */
    public static final String SWITCH = EXTENSIONS_SYSTEM_PROPERTY;

    /** The value of {@link #SWITCH} that does. */
    public static final String ON = "serviceload";

    @Override
    public void postInitializeServerChildChannel(Channel connection) {
        connection.pipeline().addFirst(new Placement());
    }

    /** Waits for the HTTP decoder and encoder, which come late under TLS, and puts the limit around them. */
    private static final class Placement extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ChannelPipeline pipeline = context.pipeline();
            ChannelHandlerContext decoder = pipeline.context(HttpRequestDecoder.class);
            ChannelHandlerContext encoder = pipeline.context(HttpResponseEncoder.class);
            if (decoder != null && encoder != null) {
                RequestIntake intake = new RequestIntake();
                pipeline.addBefore(decoder.name(), null, intake);
                pipeline.addAfter(encoder.name(), null, new UnansweredRequests(intake));
                pipeline.remove(this);
            }
            context.fireChannelRead(message);
        }
    }
}
