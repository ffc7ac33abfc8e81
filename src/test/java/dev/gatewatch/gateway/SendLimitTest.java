package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The limit of sends in virtual time. */
class SendLimitTest {

    private static final int FOR_ALL = SendLimit.SENDS - SendLimit.FOR_HEARTBEATS_ONLY;

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Pulse pulse = new Pulse(time);
    private final ObservedLink link = new ObservedLink(0, null, pulse, Traffic.UNMEASURED);
    private final List<Wire.Signal> told = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel(new SendLimit(pulse, link, time));

    @Test
    void sendsAtOnceWhileThereIsRoom() {
        send("{\"op\":2,\"d\":{}}");
        send("{\"op\":1,\"d\":null}");

        assertThat(sent()).containsExactly("{\"op\":2,\"d\":{}}", "{\"op\":1,\"d\":null}");
    }

    @Test
    void neverExceedsTheLimitInAnyWindowWhoeverSends() {
        List<Duration> times = new ArrayList<>();
        for (int millis = 0; millis < 300_000; millis += 100) {
            send(millis % 300 == 0 ? "{\"op\":1,\"d\":" + millis + "}" : command(millis));
            sent().forEach(text -> times.add(Duration.ofMillis(time.now(TimeUnit.MILLISECONDS))));
            advance(Duration.ofMillis(100));
        }

        assertThat(times).hasSizeGreaterThan(4 * SendLimit.SENDS);
        for (int i = SendLimit.SENDS; i < times.size(); i++) {
            assertThat(times.get(i).minus(times.get(i - SendLimit.SENDS)))
                    .as("from send %d to send %d", i - SendLimit.SENDS, i)
                    .isGreaterThan(Duration.ofSeconds(60));
        }
    }

    @Test
    void aHeartbeatOvertakesWhatTheBotSends() {
        for (int i = 0; i < 2 * FOR_ALL; i++) {
            send(command(i));
        }
        assertThat(sent()).hasSize(FOR_ALL);

        send("{\"op\":1,\"d\":7}");

        assertThat(sent()).containsExactly("{\"op\":1,\"d\":7}");
    }

    @Test
    void whatWaitsIsSentInItsOrderWhenThereIsRoom() {
        for (int i = 0; i < FOR_ALL + 3; i++) {
            send(command(i));
        }
        sent();

        advance(SendLimit.WINDOW.minusMillis(1));
        assertThat(sent()).isEmpty();
        advance(Duration.ofMillis(1));

        assertThat(sent()).containsExactly(command(FOR_ALL), command(FOR_ALL + 1), command(FOR_ALL + 2));
    }

    @Test
    void ofHeartbeatsOnlyTheNewestWaits() {
        for (int i = 0; i < SendLimit.SENDS + 5; i++) {
            send("{\"op\":1,\"d\":" + i + "}");
        }
        assertThat(sent()).hasSize(SendLimit.SENDS);

        advance(SendLimit.WINDOW);

        assertThat(sent()).containsExactly("{\"op\":1,\"d\":" + (SendLimit.SENDS + 4) + "}");
    }

    @Test
    void aHeartbeatCountsAsSentOnlyWhenItIs() {
        for (int i = 0; i < SendLimit.SENDS; i++) {
            send("{\"op\":1,\"d\":null}");
        }
        pulse.frameArrived();

        send("{\"op\":1,\"d\":null}");
        assertThat(pulse.unanswered()).isFalse();

        advance(SendLimit.WINDOW);
        assertThat(pulse.unanswered()).isTrue();
    }

    @Test
    void whoWritesIsNeverHeldBack() {
        for (int i = 0; i < 2 * SendLimit.SENDS; i++) {
            assertThat(send(command(i)).isSuccess()).isTrue();
        }
    }

    @Test
    void aCloseFramePassesWhateverWaits() {
        for (int i = 0; i < 2 * SendLimit.SENDS; i++) {
            send(command(i));
        }
        sent();

        channel.writeOutbound(new CloseWebSocketFrame(4000, ""));

        assertThat(channel.<WebSocketFrame>readOutbound()).isInstanceOf(CloseWebSocketFrame.class);
    }

    @Test
    void whatIsNotJsonIsLimitedAsWell() {
        for (int i = 0; i < SendLimit.SENDS; i++) {
            send("nonsense");
        }

        assertThat(sent()).hasSize(FOR_ALL);
    }

    @Test
    void whatCannotEvenWaitIsLeftOutAndToldOnce() {
        link.signals().subscribe(told::add);
        int most = FOR_ALL + SendLimit.MOST_WAITING;
        List<TextWebSocketFrame> frames = new ArrayList<>();
        for (int i = 0; i < most + 2; i++) {
            frames.add(new TextWebSocketFrame(command(i)));
            channel.writeOutbound(frames.get(i));
        }

        assertThat(told).singleElement().isInstanceOf(Wire.Signal.Skipped.class);
        assertThat(frames.get(most - 1).refCnt()).isOne();
        assertThat(frames.get(most).refCnt()).isZero();
    }

    @Test
    void whatWaitsIsReleasedWithTheConnection() {
        List<TextWebSocketFrame> frames = new ArrayList<>();
        for (int i = 0; i < 2 * SendLimit.SENDS; i++) {
            frames.add(new TextWebSocketFrame(i % 2 == 0 ? command(i) : "{\"op\":1,\"d\":null}"));
            channel.writeOutbound(frames.get(i));
        }
        sent();

        channel.close();
        channel.runPendingTasks();
        advance(SendLimit.WINDOW);

        assertThat(frames).allMatch(frame -> frame.refCnt() == 0);
    }

    private ChannelFuture send(String text) {
        ChannelFuture written = channel.writeOneOutbound(new TextWebSocketFrame(text));
        channel.flushOutbound();
        return written;
    }

    /** What has gone out since it was last asked. */
    private List<String> sent() {
        List<String> texts = new ArrayList<>();
        for (WebSocketFrame frame = channel.readOutbound(); frame != null; frame = channel.readOutbound()) {
            texts.add(frame.content().toString(StandardCharsets.UTF_8));
            frame.release();
        }
        return texts;
    }

    private void advance(Duration by) {
        time.advanceTimeBy(by);
        channel.runPendingTasks();
    }

    private static String command(int number) {
        return "{\"op\":3,\"d\":" + number + "}";
    }
}
