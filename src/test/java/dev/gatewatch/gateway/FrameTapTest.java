package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.connection.Failure;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class FrameTapTest {

    private final Pulse pulse = new Pulse(Schedulers.parallel());
    private final ObservedLink link = new ObservedLink(0, null, pulse, Traffic.UNMEASURED);
    private final EmbeddedChannel channel = new EmbeddedChannel(new FrameTap(pulse, link));

    @Test
    void aCloseFrameIsToldAndGoesNoFurther() {
        CloseWebSocketFrame close = new CloseWebSocketFrame(4009, "Session timed out");

        assertThat(channel.writeInbound(close)).isFalse();

        assertThat(close.refCnt()).isZero();
        StepVerifier.create(link.signals()).verifyErrorSatisfies(error -> assertThat(Failures.of(error))
                .isEqualTo(Failure.closed(4009, "Session timed out")));
    }

    @Test
    void whatArrivesAfterTheEndWasToldGoesNoFurtherSinceAResumeBringsItAgain() {
        assertThat(channel.writeInbound(new TextWebSocketFrame("before"))).isTrue();
        link.failed(Failure.of(Failure.Kind.RECONNECT_REQUESTED, "op 7"));
        TextWebSocketFrame late = new TextWebSocketFrame("after");

        assertThat(channel.writeInbound(late)).isTrue(); // there is still the first
        assertThat(channel.<TextWebSocketFrame>readInbound().text()).isEqualTo("before");
        assertThat(channel.<Object>readInbound()).isNull();
        assertThat(late.refCnt()).isZero();
    }
}
