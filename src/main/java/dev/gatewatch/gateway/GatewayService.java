package dev.gatewatch.gateway;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.connection.Failure;
import dev.gatewatch.connection.Remedy;
import discord4j.core.GatewayDiscordClient;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The gateway's life in the service: starts the {@link Fleet} with the application, and stops it with it. */
@ApplicationScoped
public class GatewayService {

    /** How long a shutdown waits for the connections to be cut. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(2);

    private final GatewayConfig config;
    private final ConnectionEvents events;
    private final Scheduler scheduler = Schedulers.newSingle("gatewatch-supervisor");

    private final SupervisionWatch watch = new SupervisionWatch(
            () -> fleet().map(Fleet::deadLoops).orElseGet(List::of),
            () -> fleet().map(Fleet::wantsRestart).orElse(false));

    private volatile @Nullable Fleet fleet;

    GatewayService(GatewayConfig config, ConnectionEvents events) {
        this.config = config;
        this.events = events;
    }

    /** The stream of facts for everybody in this application. */
    @Produces
    @Singleton
    static ConnectionEvents events() {
        return new ConnectionEvents();
    }

    /** Discord4J's client, once a shard is connected; empty when there is no token. */
    public Mono<GatewayDiscordClient> client() {
        return Mono.justOrEmpty(fleet()).flatMap(Fleet::client);
    }

    /** The watch over the supervision itself. */
    public SupervisionWatch watch() {
        return watch;
    }

    void start(@Observes StartupEvent event) {
        watch.start(scheduler);
        Optional<BotToken> token = BotToken.from(config);
        if (token.isEmpty()) {
            waitForToken();
            return;
        }
        Fleet started = new Fleet(config, new DiscordAdapter(config, token.get()), events, scheduler);
        fleet = started;
        started.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        Fleet running = fleet;
        if (running != null) {
            CountDownLatch stopped = new CountDownLatch(1);
            running.stop(Failure.of(Failure.Kind.SHUTDOWN, "The service is shutting down"))
                    .subscribe(nothing -> {}, error -> stopped.countDown(), stopped::countDown);
            stopped.await(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        }
        scheduler.dispose();
    }

    private Optional<Fleet> fleet() {
        return Optional.ofNullable(fleet);
    }

    private void waitForToken() {
        Failure missing = Failure.of(
                Failure.Kind.CONFIGURATION,
                "There is no bot token: neither DISCORD_TOKEN nor DISCORD_TOKEN_FILE is set");
        int first = ShardLayout.first(config);
        Instant now = Instant.ofEpochMilli(scheduler.now(TimeUnit.MILLISECONDS));
        events.publish(new ConnectionEvent.Started(first, now));
        events.publish(
                new ConnectionEvent.ErrorOccurred(first, now, missing.kind().name(), missing.message()));
        events.publish(new ConnectionEvent.Stopped(first, now, missing, Remedy.of(missing)));
    }
}
