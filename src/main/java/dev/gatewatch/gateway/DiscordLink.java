package dev.gatewatch.gateway;

import discord4j.gateway.GatewayClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/** One connection over a one-shot Discord4J client. */
final class DiscordLink implements Wire.Link {

    /** A failure is told first, so that the next connect does not wait while the dead connection is taken apart. */
    private static final boolean CUT_AFTER_TELLING = false;

    private static final Duration CUT_AFTER = Duration.ofMillis(50);

    private final GatewayClient client;
    private final ObservedLink observed;
    private final Pulse pulse;
    private final Upgrade upgrade;
    private final Scheduler clock;
    private final Disposable execution;

    /** Takes Discord4J to where only the connect is left to do. */
    DiscordLink(
            GatewayClient client, String url, ObservedLink observed, Pulse pulse, Upgrade upgrade, Scheduler clock) {
        this.client = client;
        this.observed = observed;
        this.pulse = pulse;
        this.upgrade = upgrade;
        this.clock = clock;
        execution = client.execute(url)
                .subscribe(
                        nothing -> {},
                        error -> observed.failed(Failures.of(error)),
                        () -> observed.failed(
                                Failures.of(new IllegalStateException("Discord4J ended without a cause"))));
    }

    /** Closes the socket in a way that keeps the session, and ends Discord4J's client; connected or not. */
    void discard() {
        upgrade.cut();
        execution.dispose();
    }

    GatewayClient client() {
        return client;
    }

    ObservedLink observed() {
        return observed;
    }

    @Override
    public Flux<Wire.Signal> signals() {
        return Flux.using(this::connect, connection -> observed.signals(), this::cut, CUT_AFTER_TELLING);
    }

    @Override
    public Pulse pulse() {
        return pulse;
    }

    @Override
    public void probe() {
        pulse.beatSent();
        upgrade.write("{\"op\":1,\"d\":" + observed.sequence() + "}");
    }

    @Override
    public Optional<Session> session() {
        return observed.session();
    }

    private Disposable connect() {
        upgrade.release();
        return execution;
    }

    /** A connection that failed has time: the next one is being made, and needs the processor. */
    private void cut(Disposable connection) {
        if (observed.hasFailed()) {
            clock.schedule(this::discard, CUT_AFTER.toMillis(), TimeUnit.MILLISECONDS);
        } else {
            discard();
        }
    }
}
