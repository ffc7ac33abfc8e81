package dev.gatewatch.gateway;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;

/**
 * Ends a request whose answer is too long, or not complete in time: Discord4J reads whatever comes.
 *
 * <p>For connections that carry one request. Used on the connection's event loop only.
 */
final class AnswerLimit extends ChannelDuplexHandler {

    /** Inflated. Discord's longest answers, lists of a hundred messages or a thousand members, have some 1 MB. */
    static final int MOST_BYTES = 4 << 20;

    private final Duration patience;
    private @Nullable Future<?> deadline;
    private int read;

    private AnswerLimit(Duration patience) {
        this.patience = patience;
    }

    /** This client, with an answer's last byte at most so long after the request's. */
    static HttpClient on(HttpClient client, Duration patience) {
        return client.doOnConnected(
                connection -> connection.addHandlerLast("gatewatch.answer", new AnswerLimit(patience)));
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof LastHttpContent) {
            deadline = context.executor()
                    .schedule(
                            () -> end(context, "The answer was not complete after " + patience.toMillis() + " ms"),
                            patience.toMillis(),
                            TimeUnit.MILLISECONDS);
        }
        context.write(message, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpContent part) {
            read += part.content().readableBytes();
            if (read > MOST_BYTES) {
                part.release();
                end(context, "The answer is longer than " + (MOST_BYTES >> 20) + " MB");
                return;
            }
        }
        if (message instanceof LastHttpContent) {
            stopWaiting();
        }
        context.fireChannelRead(message);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        stopWaiting();
    }

    private void end(ChannelHandlerContext context, String why) {
        context.fireExceptionCaught(new IOException(why));
        context.close();
    }

    private void stopWaiting() {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }
}
