package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.connection.Failure;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;
import reactor.netty.NettyPipeline;
import reactor.test.StepVerifier;

class MessageLimitTest {

    private final ObservedLink link = new ObservedLink(0, null, new Pulse(Schedulers.parallel()), Traffic.UNMEASURED);
    private final MessageLimit limit = new MessageLimit(link);
    private final EmbeddedChannel channel = new EmbeddedChannel(limit);
    private final Deflater deflater = new Deflater();

    @Test
    void aSmallFrameThatInflatesToHundredsOfMegabytesEndsTheConnection() {
        byte[] bomb = message(400 << 20);
        assertThat(bomb).hasSizeLessThan(500_000);
        WebSocketFrame frame = new BinaryWebSocketFrame(Unpooled.wrappedBuffer(bomb));

        assertThat(channel.writeInbound(frame)).isFalse();

        assertEnded();
        assertThat(frame.refCnt()).isZero();
    }

    @Test
    void soDoesAMessageInManyFrames() {
        byte[] bomb = message(100 << 20);
        for (int from = 0; channel.isOpen(); from += 4_096) {
            byte[] part = Arrays.copyOfRange(bomb, from, Math.min(bomb.length, from + 4_096));
            channel.writeInbound(
                    from == 0
                            ? new BinaryWebSocketFrame(false, 0, Unpooled.wrappedBuffer(part))
                            : new ContinuationWebSocketFrame(false, 0, Unpooled.wrappedBuffer(part)));
        }

        assertEnded();
    }

    @Test
    void soDoesAFrameThatNeverEnds() {
        EmbeddedChannel raw = new EmbeddedChannel();
        raw.pipeline().addLast(NettyPipeline.HttpCodec, new ChannelInboundHandlerAdapter());
        limit.countBytes(raw);
        for (int i = 0; i < 8; i++) {
            assertThat(raw.writeInbound(Unpooled.wrappedBuffer(new byte[1 << 20])))
                    .isTrue();
        }
        assertThat(link.isOver()).isFalse();

        raw.writeInbound(Unpooled.wrappedBuffer(new byte[1]));

        assertThat(raw.isOpen()).isFalse();
        assertEnded();
    }

    @Test
    void largeMessagesOneAfterTheOtherPass() {
        for (int i = 1; i <= 5; i++) {
            channel.writeInbound(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(message(7 << 20))));
            assertThat(channel.inboundMessages()).hasSize(i);
        }
        assertThat(link.isOver()).isFalse();
    }

    @Test
    void whatIsNoZlibStreamIsLeftToWhoReadsIt() {
        channel.writeInbound(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(new byte[] {1, 2, 3, 4, 5})));
        channel.writeInbound(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(message(100))));

        assertThat(channel.inboundMessages()).hasSize(2);
        assertThat(link.isOver()).isFalse();
    }

    private void assertEnded() {
        StepVerifier.create(link.signals()).verifyErrorSatisfies(error -> assertThat(Failures.of(error))
                .isEqualTo(Failure.of(Failure.Kind.PROTOCOL, "A message from Discord is larger than 8 MB")));
    }

    /** The next message of the stream, of so many zeros. */
    private byte[] message(int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[65_536];
        byte[] zeros = new byte[1 << 20];
        for (int left = length; left > 0; left -= zeros.length) {
            deflater.setInput(zeros, 0, Math.min(left, zeros.length));
            while (!deflater.needsInput()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
        }
        out.write(buffer, 0, deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH));
        return out.toByteArray();
    }
}
