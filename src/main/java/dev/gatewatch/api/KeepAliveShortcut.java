package dev.gatewatch.api;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers the further plain GETs of a connection that is kept alive right behind Netty's decoder, if the answer is written already: with its bytes.
 *
 * <p>It stands in front of Vert.x' compressor, so that whatever goes by it is compressed as ever. Answers keep the order of their requests: nothing is
 * answered here while one that went on is not answered, or is not here whole. Whatever is asked with a header that it does not know goes on.
 *
 * <p>Confined to its connection's event loop.
 */
final class KeepAliveShortcut extends ChannelDuplexHandler {

    /** Vert.x' names for its handlers. */
    private static final String ENCODER = "httpEncoder";

    private static final String HANDLER = "keep-alive-shortcut";

    private static final AsciiString ANYTHING = AsciiString.cached("*/*");

    private final Answers answers;
    private final ChannelHandlerContext encoder;
    private final @Nullable IdleStateHandler idle;

    /** Requests that went on and are not answered. That which brought this here is one. */
    private int waiting = 1;

    private boolean answering;
    private boolean unflushed;
    private boolean held;

    private KeepAliveShortcut(Answers answers, ChannelHandlerContext encoder, @Nullable IdleStateHandler idle) {
        this.answers = answers;
        this.encoder = encoder;
        this.idle = idle;
    }

    /** What is written already. */
    interface Answers {

        /** The answer to a plain GET, or null if somebody else has to give it. Never waits. */
        @Nullable
        WholeAnswer to(String uri);
    }

    /** To be called for each request as it comes in, before anybody can have put off its answer, on the connection's event loop. */
    static void install(HttpServerRequest request, Answers answers) {
        if (request.version() == io.vertx.core.http.HttpVersion.HTTP_1_1
                && !request.connection().isSsl()
                && request.connection() instanceof ConnectionBase connection) {
            ChannelPipeline pipeline = connection.channel().pipeline();
            ChannelHandlerContext encoder = pipeline.context(ENCODER);
            if (encoder != null && pipeline.get(HANDLER) == null) {
                pipeline.addAfter(
                        ENCODER,
                        HANDLER,
                        new KeepAliveShortcut(answers, encoder, pipeline.get(IdleStateHandler.class)));
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            ByteBuf answer = waiting == 0 ? answer(request) : null;
            answering = answer != null;
            if (answer != null) {
                encoder.write(answer);
                unflushed = true;
            } else {
                waiting++;
            }
        }
        if (answering && message instanceof HttpContent) {
            answering = !(message instanceof LastHttpContent);
            ReferenceCountUtil.release(message);
        } else if (!answering) {
            context.fireChannelRead(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (unflushed) {
            unflushed = false;
            context.flush();
            if (idle != null) {
                idle.resetReadTimeout(); // it stands behind, and saw nothing
            }
            hold(context.channel());
        }
        context.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        readOn(context.channel());
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof LastHttpContent && !isInformational(message)) {
            waiting--;
            readOn(context.channel());
        }
        context.write(message, promise);
    }

    /** Who asks on and does not read is not read either: the answers would fill the memory. What Vert.x answers is held by Vert.x. */
    private void hold(Channel channel) {
        if (waiting == 0 && !channel.isWritable()) {
            held = true;
            channel.config().setAutoRead(false);
        }
    }

    private void readOn(Channel channel) {
        if (held && waiting == 0 && channel.isWritable()) {
            held = false;
            channel.config().setAutoRead(true);
        }
    }

    private static boolean isInformational(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    /** Null for what is not here, and for everything that is not as plain as the header lines of {@code curl}, {@code wrk} or a program's client. */
    private @Nullable ByteBuf answer(HttpRequest request) {
        if (!request.decoderResult().isSuccess()
                || !request.method().equals(HttpMethod.GET)
                || !request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
            return null;
        }
        boolean zipped = false;
        Iterator<Map.Entry<CharSequence, CharSequence>> headers =
                request.headers().iteratorCharSequence();
        while (headers.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = headers.next();
            CharSequence name = header.getKey();
            CharSequence value = header.getValue();
            if (HttpHeaderNames.ACCEPT_ENCODING.contentEqualsIgnoreCase(name)) {
                if (!prefersGzip(value)) {
                    return null;
                }
                zipped = true;
            } else if (!isHarmless(name, value)) {
                return null;
            }
        }
        WholeAnswer answer = answers.to(request.uri());
        if (answer == null) {
            return null;
        }
        return zipped ? answer.zipped() : answer.plain();
    }

    private static boolean isHarmless(CharSequence name, CharSequence value) {
        if (HttpHeaderNames.ACCEPT.contentEqualsIgnoreCase(name)) {
            return ANYTHING.contentEquals(value);
        }
        if (HttpHeaderNames.CONNECTION.contentEqualsIgnoreCase(name)) {
            return HttpHeaderValues.KEEP_ALIVE.contentEqualsIgnoreCase(value);
        }
        return HttpHeaderNames.HOST.contentEqualsIgnoreCase(name)
                || HttpHeaderNames.USER_AGENT.contentEqualsIgnoreCase(name);
    }

    /** As most clients say it; what else can be said, with weights, is left to Netty. */
    private static boolean prefersGzip(CharSequence accepted) {
        int first = AsciiString.indexOf(accepted, ',', 0);
        return HttpHeaderValues.GZIP.contentEqualsIgnoreCase(first < 0 ? accepted : accepted.subSequence(0, first));
    }
}
