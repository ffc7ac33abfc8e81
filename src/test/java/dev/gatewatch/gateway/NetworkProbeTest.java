package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatewatch.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

@Timeout(60)
class NetworkProbeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(25);
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final Scheduler scheduler = Schedulers.newSingle("supervision");
    private final NetworkProbe probe = new NetworkProbe(scheduler, () -> 0.5);

    @AfterEach
    void dispose() {
        scheduler.dispose();
    }

    @Test
    void aHostWithAnUnderscoreIsWaitedFor() {
        Disposable waiting = probe.reachable(URI.create("ws://discord_api.invalid:9"), Duration.ZERO)
                .subscribe();

        assertThat(waiting.isDisposed()).isFalse();
        waiting.dispose();
    }

    @Test
    void manyWhoWaitForAnAddressKnockAsOne() throws IOException {
        int port = FreePort.find();
        List<Disposable> waiting = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            waiting.add(probe.reachable(url(port), Duration.ZERO).subscribe());
        }
        try (ServerSocket back = new ServerSocket(port, 100, HERE)) {
            await().atMost(PATIENCE).until(() -> waiting.stream().allMatch(Disposable::isDisposed));
            assertThat(waitingIn(back)).isBetween(1, 8);
        }
    }

    @Test
    void whoGivesUpDoesNotEndTheOthersWait() throws IOException {
        int port = FreePort.find();
        Disposable first = probe.reachable(url(port), Duration.ZERO).subscribe();
        Disposable second = probe.reachable(url(port), Duration.ZERO).subscribe();
        first.dispose();
        try (ServerSocket back = new ServerSocket(port, 100, HERE)) {
            await().atMost(PATIENCE).until(second::isDisposed);
            assertThat(back.isBound()).isTrue();
        }
    }

    @Test
    void nobodyKnocksForNobody() throws IOException {
        int port = FreePort.find();
        AtomicInteger draws = new AtomicInteger();
        NetworkProbe counted = new NetworkProbe(scheduler, () -> draws.incrementAndGet() * 0);
        for (int i = 0; i < 3; i++) {
            counted.reachable(url(port), Duration.ZERO).subscribe().dispose();
        }
        int then = draws.get();

        await().pollDelay(NetworkProbe.SHORTEST.multipliedBy(5))
                .atMost(PATIENCE)
                .until(() -> draws.get() == then);
    }

    /** As behind a firewall that drops packets: each connect is sent again after 1 s, 2 s more, 4 s more. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void doesNotWaitForAKnockThatIsNotAnswered() throws IOException {
        try (ServerSocket full = new ServerSocket(0, 1, HERE)) {
            InetSocketAddress address = new InetSocketAddress(HERE, full.getLocalPort());
            try (Socket one = new Socket();
                    Socket two = new Socket()) {
                one.connect(address);
                two.connect(address);
                Disposable waiting =
                        probe.reachable(url(full.getLocalPort()), Duration.ZERO).subscribe();
                await().atMost(PATIENCE).until(() -> unanswered(full.getLocalPort()) > 3);
                assertThat(waiting.isDisposed()).isFalse();

                full.accept().close();
                full.accept().close();

                await().atMost(PATIENCE).until(waiting::isDisposed);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 100", "10, 100", "25, 250", "99, 990", "100, 1000", "86400, 1000"})
    void knocksLessOftenTheLongerAnOutageLasts(long seconds, long millis) {
        assertThat(NetworkProbe.period(Duration.ofSeconds(seconds))).hasMillis(millis);
    }

    private static URI url(int port) {
        return URI.create("ws://" + HERE.getHostAddress() + ":" + port);
    }

    private static int waitingIn(ServerSocket socket) throws IOException {
        socket.setSoTimeout(500);
        int count = 0;
        try {
            while (true) {
                socket.accept().close();
                count++;
            }
        } catch (SocketTimeoutException e) {
            return count;
        }
    }

    /** Connects to this port that have been sent and not answered, as the kernel counts them. */
    private static long unanswered(int port) {
        String to = ":%04X 02".formatted(port);
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .flatMap(table -> readAll(Path.of(table)).stream())
                .filter(line -> line.contains(to))
                .count();
    }

    private static List<String> readAll(Path table) {
        try {
            return Files.readAllLines(table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
