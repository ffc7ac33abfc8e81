package dev.gatewatch.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One client's WebSocket: opens with HELLO, hands messages to the protocol, ends in every way a socket can end.
 *
 * <p>Lives on the event loop. See [Discord Docs/Gateway/Connections].
 */
final class GatewayConnection extends SimpleChannelInboundHandler<WebSocketFrame> {

    private static final Logger LOG = Logger.getLogger("dev.gatewatch.simulator");
    private static final long CLOSE_REPLY_MILLIS = 2_000;

    private final Gateway gateway;
    private final Channel channel;
    private final HttpCall upgrade;
    private final GatewayParameters parameters;
    private final long id;
    private final Wire wire;
    private final GatewayProtocol protocol;
    private final long openedAt = System.currentTimeMillis();
    private @Nullable GatewaySession session;
    private @Nullable Integer shard;
    private String identity = "";
    private boolean closing;
    private boolean withholding;

    GatewayConnection(Gateway gateway, Channel channel, HttpCall upgrade) {
        this.gateway = gateway;
        this.channel = channel;
        this.upgrade = upgrade;
        this.id = ++gateway.counters().connections;
        this.parameters = GatewayParameters.of(upgrade);
        this.wire = new Wire(channel, parameters.compress());
        this.shard = ResumeUrl.shardOf(upgrade.path());
        this.protocol = new GatewayProtocol(gateway, this);
    }

    /** Starts with HELLO; without a delay it waits in the channel for the flush of the upgrade response. */
    void open() {
        gateway.connections().add(this);
        channel.closeFuture().addListener(ended -> left());
        note("connected", Map.of("path", upgrade.path(), "compressed", upgrade.query("compress", "none")));
        if (!gateway.faults().admits(this)) {
            return;
        }
        if (!parameters.hasKnownVersion()) {
            violate("api-version", "v=" + parameters.version(), "Reference/API Versioning");
            close(4012, "Invalid API version.");
            return;
        }
        String unsupported = parameters.unsupported();
        if (unsupported != null) {
            LOG.warnf("Gateway connection %d is closed with 4002: %s", id, unsupported);
            close(4002, "Error while decoding payload.");
            return;
        }
        long delay = gateway.rules().handshake().helloDelay().toMillis();
        if (delay == 0 || gateway.faults().greetsAtOnce(this)) {
            protocol.hello();
        } else {
            gateway.loop().schedule(protocol::hello, delay, TimeUnit.MILLISECONDS);
        }
    }

    /** Sends a payload, now or later; false when an active fault, or its end, keeps it back. */
    boolean send(Payload payload) {
        if (closing || (withholding && payload.op() == Opcode.DISPATCH)) {
            return false;
        }
        Treatment treatment = gateway.faults().treat(this, payload);
        if (!treatment.sent()) {
            return false;
        }
        if (treatment.delay().isZero()) {
            write(payload);
        } else {
            gateway.loop().schedule(() -> write(payload), treatment.delay().toMillis(), TimeUnit.MILLISECONDS);
        }
        return true;
    }

    private void write(Payload payload) {
        payload.milestone().ifPresent(milestone -> note(milestone, Map.of()));
        wire.write(Json.bytes(payload.json()), () -> gateway.deliveries().written(payload, id));
    }

    /** Sends no dispatches from now on, or does so again; the session keeps them all the same. */
    void withhold(boolean dispatches) {
        withholding = dispatches;
    }

    /** Closes with a close frame; the client's own close frame, or two seconds, end the connection. */
    void close(int code, String reason) {
        if (closing) {
            return;
        }
        closing = true;
        note("server-closed", Map.of("code", code, "reason", reason));
        detach();
        wire.writeFrame(new CloseWebSocketFrame(true, 0, closeBody(code, reason)));
        gateway.loop().schedule(wire::end, CLOSE_REPLY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Ends the TCP connection by RST. */
    void reset() {
        closing = true;
        note("server-reset", Map.of());
        HttpRoutes.reset(channel);
    }

    /** Ends the TCP connection by FIN, without a close frame. */
    void end() {
        closing = true;
        note("server-ended", Map.of());
        channel.flush(); // the upgrade response may still be waiting
        channel.close();
    }

    /** Gives way to a newer connection that has resumed the session; silently, as after a lost network. */
    void replaced() {
        if (!closing) {
            closing = true;
            note("replaced", Map.of());
            wire.end();
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        if (wire.holding() && frame instanceof CloseWebSocketFrame close) {
            note("client-left", Map.of("code", close.statusCode())); // a drill wants to know; Discord would not
        }
        wire.receive(frame.retain(), this::received);
    }

    private void received(WebSocketFrame frame) {
        try {
            if (frame instanceof CloseWebSocketFrame close) {
                closedByClient(close.statusCode(), close.reasonText());
            } else if (frame instanceof PingWebSocketFrame) {
                wire.writeFrame(new PongWebSocketFrame(frame.content().retain()));
            } else if (!closing && !(frame instanceof PongWebSocketFrame)) {
                protocol.received(ByteBufUtil.getBytes(frame.content()));
            }
        } finally {
            frame.release();
        }
    }

    /** A session ends when the client closes with 1000 or 1001, and with nothing else. */
    private void closedByClient(int code, String reason) {
        if (!closing) {
            closing = true;
            note("client-closed", Map.of("code", code, "reason", reason));
            GatewaySession ours = session;
            if (ours != null && ours.isAttached(this) && (code == 1000 || code == 1001)) {
                gateway.sessions().end(ours, "the client closed with " + code);
            }
            detach();
            wire.writeFrame(
                    new CloseWebSocketFrame(true, 0, code < 1000 ? Unpooled.EMPTY_BUFFER : closeBody(code, "")));
        }
        channel.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof TooLongFrameException) {
            protocol.tooLong();
        } else if (cause instanceof CorruptedFrameException) { // Netty has answered with 1002 already
            violate("websocket-protocol", String.valueOf(cause.getMessage()), "Gateway/Connections");
        } else {
            channel.close(); // the client went away without a word
        }
    }

    private void left() {
        gateway.connections().remove(this);
        protocol.stop();
        wire.stop();
        detach();
        note("disconnected", Map.of("openMillis", System.currentTimeMillis() - openedAt));
    }

    /** Leaves the session to be resumed by another connection. */
    private void detach() {
        GatewaySession ours = session;
        if (ours != null) {
            ours.detach(this, System.currentTimeMillis());
        }
    }

    void note(String event, Map<String, ?> detail) {
        GatewaySession ours = session;
        gateway.journal().add(event, id, shard, ours == null ? null : ours.id(), detail);
    }

    void violate(String rule, String detail, String source) {
        gateway.violations().add(rule, detail, source, id);
    }

    /** Joins a session: an IDENTIFY's new one or a resumed one. */
    void join(GatewaySession joined) {
        session = joined;
        shard = joined.shard();
        joined.attach(this);
    }

    /** Leaves its session after an op 9: the client may resume or identify right here, or reconnect for it. */
    void leave() {
        detach();
        session = null;
    }

    /** Learns the shard from an IDENTIFY or RESUME that may yet fail. */
    void shard(int value) {
        shard = value;
    }

    /** What it identified as: who comes back with the same after a fatal close has not understood it. */
    void identity(String value) {
        identity = value;
    }

    String identity() {
        return identity;
    }

    long id() {
        return id;
    }

    @Nullable
    Integer shard() {
        return shard;
    }

    @Nullable
    GatewaySession session() {
        return session;
    }

    GatewayParameters parameters() {
        return parameters;
    }

    HttpCall upgrade() {
        return upgrade;
    }

    Wire wire() {
        return wire;
    }

    Channel channel() {
        return channel;
    }

    boolean closing() {
        return closing;
    }

    GatewayProtocol protocol() {
        return protocol;
    }

    /** By hand: Netty refuses some of the codes that a fault may want to send. */
    private static ByteBuf closeBody(int code, String reason) {
        ByteBuf body = Unpooled.buffer(2 + reason.length());
        body.writeShort(code);
        ByteBufUtil.writeUtf8(body, reason);
        return body;
    }
}
