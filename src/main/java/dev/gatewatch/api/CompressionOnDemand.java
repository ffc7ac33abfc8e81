package dev.gatewatch.api;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.compression.StandardCompressionOptions;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContentCompressor;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes Vert.x' compressor out of a connection on which something is answered that is not to be compressed, and puts one back for each other answer.
 *
 * <p>It stands in each HTTP/1.1 connection and costs an eighth of an answer from memory although it has nothing to do; a probe, and most programs,
 * never ask for it. A connection whose requests all accept an encoding, as a browser's do, keeps Vert.x' own. HTTP/2 has another one.
 */
@Singleton
final class CompressionOnDemand {

    /** Vert.x' name for its compressor. */
    private static final String COMPRESSOR = "deflater";

    private static final String FOR_ONE_ANSWER = "compressor-for-one-answer";

    /** Behind those who refuse, in words too few to be compressed, and behind the {@link FastPath}, which knows what it answers. */
    private static final int PRIORITY = SecurityHeaders.FIRST - 35;

    void register(@Observes Filters filters) {
        filters.register(CompressionOnDemand::provide, PRIORITY);
    }

    private static void provide(RoutingContext context) {
        provide(context.request());
        context.next();
    }

    /** The answer to this request is not compressed, and says nothing of an encoding. To be called on the connection's event loop. */
    static void spare(HttpServerRequest request) {
        ChannelPipeline pipeline = pipeline(request);
        if (pipeline != null && pipeline.get(COMPRESSOR) instanceof HttpContentCompressor) {
            pipeline.replace(COMPRESSOR, COMPRESSOR, new Nothing());
        }
    }

    /** The answer to this request is compressed if the client accepts that. To be called on the connection's event loop. */
    static void provide(HttpServerRequest request) {
        ChannelPipeline pipeline = pipeline(request);
        if (pipeline != null && pipeline.get(COMPRESSOR) instanceof Nothing && pipeline.get(FOR_ONE_ANSWER) == null) {
            ForOneAnswer compressor = new ForOneAnswer(
                    HttpMethod.valueOf(request.method().name()),
                    request.headers().getAll(HttpHeaderNames.ACCEPT_ENCODING));
            pipeline.addAfter(COMPRESSOR, FOR_ONE_ANSWER, compressor);
        }
    }

    private static @Nullable ChannelPipeline pipeline(HttpServerRequest request) {
        return request.version() != io.vertx.core.http.HttpVersion.HTTP_2
                        && request.connection() instanceof ConnectionBase connection
                ? connection.channel().pipeline()
                : null;
    }

    /** Keeps the compressor's place. Netty passes by a handler that handles nothing. */
    private static final class Nothing extends ChannelHandlerAdapter {}

    /**
     * Compresses the next answer and is gone. Vert.x gives a connection's requests to the router one after the other, the next when the last is
     * answered: so the next answer is the one to the request that is being looked at, however many have been read already.
     */
    private static final class ForOneAnswer extends HttpContentCompressor {

        private final HttpMethod method;
        private final List<String> accepted;

        ForOneAnswer(HttpMethod method, List<String> accepted) {
            super(0, StandardCompressionOptions.gzip(), StandardCompressionOptions.deflate());
            this.method = method;
            this.accepted = accepted;
        }

        /** It is told of the request that came before it. */
        @Override
        public void handlerAdded(ChannelHandlerContext context) throws Exception {
            super.handlerAdded(context);
            DefaultHttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, "/");
            request.headers().set(HttpHeaderNames.ACCEPT_ENCODING, accepted);
            decode(context, request, new ArrayList<>());
        }

        /** Those that come after it are not its own. */
        @Override
        public boolean acceptInboundMessage(Object message) {
            return false;
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
            boolean last = isLast(message); // before it is released
            super.write(context, isPartOfFile(message) ? new DefaultHttpContent((ByteBuf) message) : message, promise);
            if (last) {
                context.pipeline().remove(this);
            }
        }

        private static boolean isLast(Object message) {
            boolean announcement = message instanceof HttpResponse response
                    && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            return message instanceof LastHttpContent && !announcement;
        }

        /** As Vert.x writes a file: bytes, after its headers. Empty ones only mark an end. */
        private static boolean isPartOfFile(Object message) {
            return message instanceof ByteBuf bytes && bytes.isReadable();
        }

        /** What Quarkus says where nothing shall be compressed is no encoding for a client to see. */
        @Override
        protected Result beginEncode(HttpResponse response, String acceptEncoding) throws Exception {
            Result result = super.beginEncode(response, acceptEncoding);
            if (result == null
                    && response.headers().contains(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.IDENTITY, true)) {
                response.headers().remove(HttpHeaderNames.CONTENT_ENCODING);
            }
            return result;
        }
    }
}
