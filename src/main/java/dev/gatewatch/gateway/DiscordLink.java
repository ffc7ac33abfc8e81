package dev.gatewatch.gateway;

import discord4j.gateway.GatewayClient;
import java.util.Optional;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** One connection over a one-shot Discord4J client. */
final class DiscordLink implements Wire.Link {

    private final GatewayClient client;
    private final String url;
    private final ObservedLink observed;
    private final Pulse pulse;
    private final Upgrade upgrade;

    DiscordLink(GatewayClient client, String url, ObservedLink observed, Pulse pulse, Upgrade upgrade) {
        this.client = client;
        this.url = url;
        this.observed = observed;
        this.pulse = pulse;
        this.upgrade = upgrade;
    }

    @Override
    public Flux<Wire.Signal> signals() {
        return Flux.using(this::connect, connection -> observed.signals(), this::cut);
    }

    @Override
    public Pulse pulse() {
        return pulse;
    }

    @Override
    public void probe() {
        upgrade.beat(observed.sequence());
    }

    @Override
    public void endSession() {
        upgrade.endSession();
    }

    @Override
    public boolean identified() {
        return observed.hasIdentified();
    }

    @Override
    public Optional<Session> session() {
        return observed.session();
    }

    private Disposable connect() {
        Disposable connection = client.execute(url)
                .subscribe(
                        nothing -> {},
                        error -> observed.failed(Failures.of(error)),
                        () -> observed.failed(
                                Failures.of(new IllegalStateException("Discord4J ended without a cause"))));
        upgrade.release();
        return connection;
    }

    private void cut(Disposable connection) {
        observed.cut();
        upgrade.cut();
        connection.dispose();
    }
}
