package dev.gatewatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatewatch.Contender.Discord;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Discord of one bot and one shard that sends prepared payloads as fast as they are read; the simulator, which keeps a session's every
 * event and journals what happens, would be slower than its clients.
 *
 * <p>Messages are compressed one by one, so that what is prepared once can be sent again and again: a client's inflater does not
 * notice. That a client is done is known from its heartbeat, which carries the last sequence number it has read.
 */
final class GatewayFeed implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKEN = "MTEwMDAwMDAwMDAwMDAwMDAwMQ.bench.not-a-secret";
    private static final String USER =
            "{\"id\":\"1100000000000000001\",\"username\":\"bench\",\"discriminator\":\"0\",\"global_name\":null,"
                    + "\"avatar\":null,\"bot\":true,\"mfa_enabled\":false,\"verified\":true,\"flags\":0,\"public_flags\":0}";
    private static final Duration GLANCE = Duration.ofMillis(1);

    private final EventLoopGroup group = new NioEventLoopGroup(1);
    private final List<Long> guilds;
    private final Duration heartbeat;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final int port;
    private volatile @Nullable Channel client;
    private volatile long acknowledged = -1;
    private final AtomicLong beats = new AtomicLong();
    private final AtomicLong identified = new AtomicLong();

    private GatewayFeed(List<Long> guilds, Duration heartbeat) {
        this.guilds = guilds;
        this.heartbeat = heartbeat;
        Channel bound = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec(), new HttpObjectAggregator(1 << 20), new Rest())
                                .addLast(new WebSocketServerProtocolHandler("/", null, false, 1 << 20, false, true))
                                .addLast(new Conversation());
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
        port = ((InetSocketAddress) bound.localAddress()).getPort();
    }

    /**
     * Starts to listen.
     *
     * @param guilds what READY says the bot is in
     * @param heartbeat what HELLO asks for
     */
    static GatewayFeed start(List<Long> guilds, Duration heartbeat) {
        return new GatewayFeed(guilds, heartbeat);
    }

    Discord discord() {
        return new Discord(
                URI.create("http://127.0.0.1:" + port + "/api/v10"), URI.create("ws://127.0.0.1:" + port), TOKEN);
    }

    /** Waits until READY is written. */
    void awaitReady(Duration most) throws InterruptedException {
        if (!ready.await(most.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("no bot has identified within " + most);
        }
    }

    /** How often a bot has identified; more than once means that it lost its connection. */
    long identified() {
        return identified.get();
    }

    /** Sends a prepared message, and waits while the client reads more slowly than this. */
    void send(byte[] prepared) {
        Channel open = client;
        if (open == null || !open.isActive()) {
            throw new IllegalStateException("the bot has left");
        }
        while (!open.isWritable()) {
            if (!open.isActive()) {
                throw new IllegalStateException("the bot has left");
            }
            open.flush();
            LockSupport.parkNanos(50_000);
        }
        open.write(frame(prepared), open.voidPromise());
    }

    /** Sends what is still being gathered. */
    void flush() {
        Channel open = client;
        if (open != null) {
            open.flush();
        }
    }

    /** Asks for a heartbeat, and waits until one carries this sequence number. */
    void awaitRead(long sequence, Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        while (acknowledged < sequence) {
            long before = beats.get();
            send(Prepared.message("{\"t\":null,\"s\":null,\"op\":1,\"d\":null}"));
            flush();
            while (beats.get() == before
                    && acknowledged < sequence) { // one request at a time: clients may send 120 in a minute
                if (System.nanoTime() > end) {
                    throw new IllegalStateException(
                            "read up to " + acknowledged + " of " + sequence + " within " + most);
                }
                Thread.sleep(GLANCE.toMillis());
            }
        }
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static BinaryWebSocketFrame frame(byte[] prepared) {
        return new BinaryWebSocketFrame(Unpooled.wrappedBuffer(prepared));
    }

    private final class Rest extends SimpleChannelInboundHandler<FullHttpRequest> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            if (request.headers().contains(HttpHeaderNames.UPGRADE)) {
                context.fireChannelRead(request.retain());
                return;
            }
            byte[] body = answer(request.uri()).getBytes(StandardCharsets.UTF_8);
            DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(body));
            response.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                    .set(HttpHeaderNames.CONTENT_LENGTH, body.length);
            context.writeAndFlush(response);
        }

        private String answer(String uri) {
            if (uri.endsWith("/gateway")) {
                return "{\"url\":\"ws://127.0.0.1:" + port + "\"}";
            }
            if (uri.endsWith("/gateway/bot")) {
                return "{\"url\":\"ws://127.0.0.1:" + port + "\",\"shards\":1,\"session_start_limit\":"
                        + "{\"total\":1000,\"remaining\":999,\"reset_after\":14400000,\"max_concurrency\":1}}";
            }
            if (uri.endsWith("/users/@me")) {
                return USER;
            }
            return uri.contains("/commands")
                    ? "[]"
                    : "{\"id\":\"1100000000000000001\",\"name\":\"bench\",\"description\":\"\","
                            + "\"icon\":null,\"bot_public\":true,\"bot_require_code_grant\":false,\"verify_key\":\"\",\"flags\":0,\"team\":null}";
        }
    }

    private final class Conversation extends SimpleChannelInboundHandler<WebSocketFrame> {

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete) {
                client = context.channel();
                write(
                        context,
                        Prepared.first("{\"t\":null,\"s\":null,\"op\":10,\"d\":{\"heartbeat_interval\":"
                                + heartbeat.toMillis() + "}}"));
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) throws IOException {
            JsonNode message = JSON.readTree(frame.content().toString(StandardCharsets.UTF_8));
            switch (message.path("op").asInt(-1)) {
                case 1 -> {
                    acknowledged = message.path("d").asLong(-1);
                    beats.incrementAndGet();
                    write(context, Prepared.message("{\"t\":null,\"s\":null,\"op\":11,\"d\":null}"));
                }
                case 2 -> {
                    identified.incrementAndGet();
                    write(context, Prepared.message(readyPayload()));
                    ready.countDown();
                }
                default -> {}
            }
        }

        private String readyPayload() {
            String list = guilds.stream()
                    .map(id -> "{\"id\":\"" + id + "\",\"unavailable\":true}")
                    .collect(Collectors.joining(","));
            return "{\"t\":\"READY\",\"s\":1,\"op\":0,\"d\":{\"v\":10,\"user\":" + USER + ",\"guilds\":[" + list
                    + "],\"session_id\":\"bench\",\"session_type\":\"normal\",\"resume_gateway_url\":\"ws://127.0.0.1:"
                    + port
                    + "\",\"shard\":[0,1],\"application\":{\"id\":\"1100000000000000001\",\"flags\":0},\"user_settings\":{},"
                    + "\"relationships\":[],\"private_channels\":[],\"presences\":[],\"guild_join_requests\":[],\"_trace\":[],"
                    + "\"geo_ordered_rtc_regions\":[]}}";
        }

        private static void write(ChannelHandlerContext context, byte[] prepared) {
            context.writeAndFlush(frame(prepared));
        }
    }
}
