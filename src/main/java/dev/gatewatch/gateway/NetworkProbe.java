package dev.gatewatch.gateway;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.tcp.TcpClient;

/**
 * Finds out when an address that could not be reached can be reached again: a bare TCP connect four times a second for 20
 * seconds and then about once a second, spread so
 * that a fleet does not knock in step.
 */
final class NetworkProbe implements Reachability {

    /** The mean time between two knocks. */
    static final Duration PERIOD = Duration.ofSeconds(1);

    /** The mean time between the first knocks: most outages that end at all end soon. */
    static final Duration FIRST_PERIOD = Duration.ofMillis(250);

    private static final int FIRST_KNOCKS = 80;

    private static final int TIMEOUT_MILLIS = 3_000;

    private final TcpClient client = TcpClient.create(ConnectionProvider.newConnection())
            .option(io.netty.channel.ChannelOption.CONNECT_TIMEOUT_MILLIS, TIMEOUT_MILLIS);
    private final Scheduler scheduler;
    private final DoubleSupplier random;

    NetworkProbe(Scheduler scheduler, DoubleSupplier random) {
        this.scheduler = scheduler;
        this.random = random;
    }

    @Override
    public Mono<Void> reachable(URI url) {
        return Flux.range(0, Integer.MAX_VALUE)
                .concatMap(count -> Mono.delay(pause(count), scheduler).then(knock(url)), 1)
                .takeUntil(answered -> answered)
                .then();
    }

    private Mono<Boolean> knock(URI url) {
        return client.remoteAddress(() -> InetSocketAddress.createUnresolved(url.getHost(), port(url)))
                .connect()
                .map(connection -> {
                    connection.dispose();
                    return true;
                })
                .onErrorResume(error -> Mono.just(false));
    }

    private Duration pause(int count) {
        Duration mean = count < FIRST_KNOCKS ? FIRST_PERIOD : PERIOD;
        return Duration.ofMillis((long) (mean.toMillis() * (0.75 + random.getAsDouble() / 2)));
    }

    private static int port(URI url) {
        if (url.getPort() > 0) {
            return url.getPort();
        }
        return "ws".equals(url.getScheme()) || "http".equals(url.getScheme()) ? 80 : 443;
    }
}
