package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.channel.Channel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

class UpgradeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int A_WHILE_MILLIS = 300;

    private final Pulse pulse = new Pulse(Schedulers.parallel());
    private final ObservedLink link = new ObservedLink(0, null, pulse, Traffic.UNMEASURED);
    private final Upgrade upgrade = new Upgrade(
            HttpClient.create(ConnectionProvider.newConnection()),
            new FrameTap(pulse, link),
            new SendLimit(pulse, link, Schedulers.parallel()),
            new MessageLimit(link),
            Optional.empty());
    private final AtomicReference<Channel> socket = new AtomicReference<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        server.setSoTimeout(A_WHILE_MILLIS);
    }

    @AfterEach
    void close() throws IOException {
        upgrade.cut();
        server.close();
    }

    @Test
    void nothingConnectsBeforeTheConnectIsLetGo() throws IOException {
        connect("127.0.0.1");
        assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);

        upgrade.release();

        server.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
        try (Socket accepted = server.accept()) {
            assertThat(accepted.isConnected()).isTrue();
        }
    }

    @Test
    void aNameIsLookedUpOnceTheConnectIsLetGo() {
        connect("nowhere.invalid");
        assertThat(failure).hasNullValue();

        upgrade.release();

        await().atMost(PATIENCE).until(() -> failure.get() instanceof UnknownHostException);
    }

    @Test
    void cutBeforeTheConnectItLeavesNoSocketBehind() {
        connect("127.0.0.1");

        upgrade.cut();
        upgrade.release();

        await().atMost(PATIENCE)
                .until(() -> socket.get() != null && !socket.get().isOpen());
    }

    private void connect(String host) {
        upgrade.client()
                .doOnChannelInit((observer, channel, address) -> socket.set(channel))
                .websocket()
                .uri("ws://" + host + ":" + server.getLocalPort() + "/")
                .handle((in, out) -> in.receive())
                .subscribe(nothing -> {}, failure::set);
    }
}
