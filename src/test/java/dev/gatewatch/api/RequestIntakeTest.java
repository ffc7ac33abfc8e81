package dev.gatewatch.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestIntakeTest {

    /** Small requests that one slice of bytes brings. */
    private static final int SLICE = 57;

    private static final String REQUEST = "GET / HTTP/1.1\r\n\r\n";

    private final EmbeddedChannel connection = new EmbeddedChannel();

    RequestIntakeTest() {
        new PipelineLimit().postInitializeServerChildChannel(connection);
        connection.pipeline().addLast(new HttpRequestDecoder(), new HttpResponseEncoder());
    }

    @AfterEach
    void close() {
        connection.finishAndReleaseAll();
    }

    @Test
    void requestsBehindUnansweredOnesWait() {
        receive(REQUEST.repeat(1_000));
        assertThat(requests()).isBetween(RequestIntake.UNANSWERED, RequestIntake.UNANSWERED + SLICE);
    }

    @Test
    void eachAnswerLetsRequestsInUntilAllWereRead() {
        receive(REQUEST.repeat(1_000));
        int read = requests();
        for (int answered = 0; answered < 1_000; answered++) {
            assertThat(read - answered).isLessThanOrEqualTo(RequestIntake.UNANSWERED + SLICE);
            connection.writeOutbound(ok());
            read += requests();
        }
        assertThat(read).isEqualTo(1_000);
    }

    @Test
    void whileAnswersDoNotLeaveNothingIsRead() {
        connection.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        receive(REQUEST);
        assertThat(requests()).isZero();

        connection.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
        connection.runPendingTasks();
        assertThat(requests()).isEqualTo(1);
    }

    @Test
    void answersThatFillTheBufferUntilTheyAreFlushedStopNothingForGood() {
        connection.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1, 1));
        connection.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                if (message instanceof HttpRequest) {
                    context.write(ok());
                }
            }

            @Override
            public void channelReadComplete(ChannelHandlerContext context) {
                context.flush();
            }
        });
        receive(REQUEST.repeat(1_000));

        int answers = 0;
        for (ByteBuf out = connection.readOutbound(); out != null; out = connection.readOutbound()) {
            answers += out.toString(StandardCharsets.US_ASCII).startsWith("HTTP/1.1 200") ? 1 : 0;
            out.release();
        }
        assertThat(answers).isEqualTo(1_000);
    }

    @Test
    void whatIsHeldWaitsWhileTheConnectionIsPaused() {
        connection.config().setAutoRead(false);
        receive(REQUEST);
        assertThat(requests()).isZero();

        connection.config().setAutoRead(true);
        assertThat(requests()).isEqualTo(1);
    }

    @Test
    void anInterimAnswerIsNoAnswer() {
        receive(REQUEST.repeat(1_000));
        requests();
        for (int i = 0; i < SLICE; i++) {
            connection.writeOutbound(answer(HttpResponseStatus.CONTINUE));
        }
        assertThat(requests()).isZero();
    }

    @Test
    void whatIsHeldIsReleasedWithTheConnection() {
        ByteBuf bytes = Unpooled.copiedBuffer(REQUEST.repeat(1_000), StandardCharsets.US_ASCII);
        connection.writeInbound(bytes);
        assertThat(bytes.refCnt()).isPositive();

        connection.close();
        assertThat(bytes.refCnt()).isZero();
    }

    private void receive(String bytes) {
        connection.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.US_ASCII));
    }

    /** Requests that were passed since the last call. */
    private int requests() {
        int requests = 0;
        for (Object message = connection.readInbound(); message != null; message = connection.readInbound()) {
            requests += message instanceof HttpRequest ? 1 : 0;
        }
        return requests;
    }

    private static FullHttpResponse ok() {
        return answer(HttpResponseStatus.OK);
    }

    private static FullHttpResponse answer(HttpResponseStatus status) {
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status);
    }
}
