package dev.gatewatch.gateway;

import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.Connection;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.tcp.TcpClient;

/**
 * Finds out when an address that could not be reached can be reached again: bare TCP connects, ten a second at first and one a second in
 * the end, spread so that a fleet does not knock in step.
 *
 * <p>All who wait for an address share one series of them: many shards knock no more often than one. A connect does not wait for the one
 * before it: where packets are dropped, that one hears of the network's return only when its own are sent again.
 *
 * <p>Safe for any thread.
 */
final class NetworkProbe implements Reachability {

    /** The shortest mean time between two knocks. */
    static final Duration SHORTEST = Duration.ofMillis(100);

    /** The longest mean time between two knocks. */
    static final Duration LONGEST = Duration.ofSeconds(1);

    /** The mean time between two knocks is this part of the outage so far: what an outage lasts longer by it is a hundredth at most. */
    private static final int PART = 100;

    private static final int UNANSWERED_AT_ONCE = 32;

    private final TcpClient client = TcpClient.create(ConnectionProvider.newConnection())
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(CONNECT_PATIENCE.toMillis()));
    private final ForwardProxy proxy = ForwardProxy.configured();
    private final Map<InetSocketAddress, Flux<Boolean>> series = new ConcurrentHashMap<>();
    private final Scheduler scheduler;
    private final DoubleSupplier random;

    NetworkProbe(Scheduler scheduler, DoubleSupplier random) {
        this.scheduler = scheduler;
        this.random = random;
    }

    @Override
    public Mono<Void> reachable(URI url, Duration outage) {
        HostAndPort place = HostAndPort.of(url).orElseThrow();
        InetSocketAddress address = InetSocketAddress.createUnresolved(place.host(), port(url, place));
        Mono<Connection> connect = proxy.connect(url.toString(), client.remoteAddress(() -> address));
        return Mono.defer(() -> series.computeIfAbsent(address, absent -> knocks(absent, connect, outage))
                .then());
    }

    /** Knocks until it is answered, or nobody waits any more. */
    private Flux<Boolean> knocks(InetSocketAddress address, Mono<Connection> connect, Duration outage) {
        long since = scheduler.now(TimeUnit.NANOSECONDS) - outage.toNanos();
        return Mono.defer(() -> Mono.delay(pause(since), scheduler))
                .repeat()
                .flatMap(next -> knock(connect), UNANSWERED_AT_ONCE)
                .takeUntil(answered -> answered)
                .doFinally(end -> series.remove(address))
                .share();
    }

    private static Mono<Boolean> knock(Mono<Connection> connect) {
        return connect.map(connection -> {
                    connection.dispose();
                    return true;
                })
                .onErrorResume(error -> Mono.just(false));
    }

    private Duration pause(long since) {
        Duration mean = period(Duration.ofNanos(scheduler.now(TimeUnit.NANOSECONDS) - since));
        return Duration.ofMillis((long) (mean.toMillis() * (0.75 + random.getAsDouble() / 2)));
    }

    /** The mean time between two knocks when an outage has lasted so long. */
    static Duration period(Duration outage) {
        return Durations.max(SHORTEST, Durations.min(LONGEST, outage.dividedBy(PART)));
    }

    private static int port(URI url, HostAndPort place) {
        if (place.port() > 0) {
            return place.port();
        }
        return "ws".equals(url.getScheme()) || "http".equals(url.getScheme()) ? 80 : 443;
    }
}
