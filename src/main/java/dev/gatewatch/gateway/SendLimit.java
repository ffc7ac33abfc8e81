package dev.gatewatch.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * Keeps one connection within Discord's limit of sends, heartbeats first. Every frame passes here on its way out.
 *
 * <ol>
 *   <li>Payloads are sent at once while there is room: {@link #SENDS} in each {@link #WINDOW}, of which the last are for heartbeats only.
 *   <li>Other payloads wait for room in their order.
 *   <li>Of heartbeats only the newest waits: each says all that the one before said.
 *   <li>What is no payload, such as a close frame, passes.
 * </ol>
 *
 * <p>Used on the connection's event loop only. See [Discord Docs/Gateway/Rate Limiting].
 */
final class SendLimit extends ChannelOutboundHandlerAdapter {

    /** What Discord allows in 60 s. */
    static final int SENDS = 120;

    /** Silence brings a heartbeat every four seconds, and HELLO's interval two a minute. */
    static final int FOR_HEARTBEATS_ONLY = 20;

    /** Discord's 60 s, and a little more, since payloads may be under way for different times. */
    static final Duration WINDOW = Duration.ofSeconds(61);

    /** How many payloads may wait: ten minutes' worth. */
    static final int MOST_WAITING = 1_000;

    private static final JsonFactory JSON = new JsonFactory();
    private static final int HEARTBEAT = 1;

    private final Pulse pulse;
    private final ObservedLink link;
    private final Scheduler clock;
    private final Queue<Long> sent = new ArrayDeque<>();
    private final Queue<WebSocketFrame> waiting = new ArrayDeque<>();
    private final Disposable.Swap timer = Disposables.swap();
    private @Nullable WebSocketFrame heartbeat;
    private boolean overflowed;

    /**
     * @param pulse is told of each heartbeat when it is sent
     * @param link is told when payloads are left out
     * @param clock measures the window
     */
    SendLimit(Pulse pulse, ObservedLink link, Scheduler clock) {
        this.pulse = pulse;
        this.link = link;
        this.clock = clock;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (!(message instanceof WebSocketFrame frame) || !isPayload(frame)) {
            context.write(message, promise);
        } else if (isHeartbeat(frame)) {
            if (heartbeat == null && room() > 0) {
                beat(context, frame, promise);
            } else {
                ReferenceCountUtil.release(heartbeat);
                heartbeat = frame;
                promise.trySuccess(); // else the writer would hold everything else back
                sendLater(context);
            }
        } else if (waiting.isEmpty() && room() > FOR_HEARTBEATS_ONLY) {
            send(context, frame, promise);
        } else {
            enqueue(frame);
            promise.trySuccess();
            sendLater(context);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        timer.dispose();
        ReferenceCountUtil.release(heartbeat);
        heartbeat = null;
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
    }

    private void enqueue(WebSocketFrame frame) {
        if (waiting.size() < MOST_WAITING) {
            waiting.add(frame);
            return;
        }
        frame.release();
        if (!overflowed) {
            overflowed = true;
            link.skipped("Left out what the bot sends: more than Discord's " + SENDS + " payloads a minute, and "
                    + MOST_WAITING + " wait already");
        }
    }

    private void sendWaiting(ChannelHandlerContext context) {
        WebSocketFrame newest = heartbeat;
        if (newest != null && room() > 0) {
            heartbeat = null;
            beat(context, newest, context.newPromise());
        }
        while (room() > FOR_HEARTBEATS_ONLY && !waiting.isEmpty()) {
            send(context, waiting.remove(), context.newPromise());
        }
        context.flush();
        if (heartbeat != null || !waiting.isEmpty()) {
            sendLater(context);
        }
    }

    /** Tries again when the oldest send leaves the window. */
    private void sendLater(ChannelHandlerContext context) {
        Long oldest = sent.peek();
        if (oldest != null && !context.isRemoved()) {
            long wait = Math.max(0, oldest + WINDOW.toNanos() - now());
            timer.update(clock.schedule(
                    () -> context.executor().execute(() -> sendWaiting(context)), wait, TimeUnit.NANOSECONDS));
        }
    }

    private void beat(ChannelHandlerContext context, WebSocketFrame frame, ChannelPromise promise) {
        pulse.beatSent();
        send(context, frame, promise);
    }

    private void send(ChannelHandlerContext context, WebSocketFrame frame, ChannelPromise promise) {
        sent.add(now());
        context.write(frame, promise);
    }

    /** How many payloads may be sent now. */
    private int room() {
        long since = now() - WINDOW.toNanos();
        for (Long oldest = sent.peek(); oldest != null && oldest <= since; oldest = sent.peek()) {
            sent.remove();
        }
        return SENDS - sent.size();
    }

    private long now() {
        return clock.now(TimeUnit.NANOSECONDS);
    }

    private static boolean isPayload(WebSocketFrame frame) {
        return frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame;
    }

    private static boolean isHeartbeat(WebSocketFrame frame) {
        try {
            Glance glance = Glance.at(JSON, ByteBufUtil.getBytes(frame.content()));
            return glance != null && glance.op() == HEARTBEAT;
        } catch (IOException e) {
            return false; // the bot sends something of its own: Discord will say what it thinks of it
        }
    }
}
