package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.channel.EventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** A running simulator: Discord's REST API and gateway on one loopback port. Thread-safe. */
public final class Simulator implements AutoCloseable {

    /** The {@code user_id} of the first numbered TYPING_START; the second has the next one, and so on. */
    public static final long FIRST_EVENT_USER = 2_000_000_000_000_000_001L;

    private final NioEventLoopGroup group;
    private final Gateway gateway;
    private final Faults faults;
    private final StateFile stateFile;

    private Simulator(NioEventLoopGroup group, Gateway gateway) {
        this.group = group;
        this.gateway = gateway;
        this.faults = new Faults(gateway);
        this.stateFile = new StateFile(gateway);
    }

    /** Binds and starts serving; returns when the port accepts connections. */
    public static Simulator start(SimulatorOptions options) {
        NioEventLoopGroup group = new NioEventLoopGroup(1, new DefaultThreadFactory("simulator", true));
        EventLoop loop = group.next();
        Gateway gateway = new Gateway(options, loop);
        Simulator simulator = new Simulator(group, gateway);
        Listener listener = new Listener(gateway);
        gateway.listener(listener);
        try {
            simulator.stateFile.load();
            listener.bind();
        } catch (RuntimeException e) {
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            simulator.stateFile.release();
            throw e;
        }
        loop.execute(simulator::startClocks);
        return simulator;
    }

    /** The port in use; the chosen one when the options said 0. */
    public int port() {
        return gateway.listener().port();
    }

    /** The second port; empty when the options ask for none. */
    public OptionalInt tlsPort() {
        return gateway.listener().tlsPort();
    }

    /** What a client sets as its API base URL, {@code http://127.0.0.1:PORT/api/v10}. */
    public URI apiBaseUrl() {
        return URI.create((gateway.options().tls() ? "https" : "http") + "://127.0.0.1:" + port() + "/api/v10");
    }

    /** The gateway's own address, {@code ws://127.0.0.1:PORT}; clients learn it from the REST API. */
    public URI gatewayUrl() {
        return URI.create((gateway.options().tls() ? "wss" : "ws") + "://127.0.0.1:" + port());
    }

    /** The control API, {@code http://127.0.0.1:PORT/_sim}. */
    public URI controlUrl() {
        return URI.create("http://127.0.0.1:" + port() + "/_sim");
    }

    /** A token that this simulator accepts. */
    public String token() {
        return gateway.tokens().sample();
    }

    /** What a client must trust to speak https and wss with this simulator. */
    public X509Certificate certificate() {
        return gateway.tls().certificate();
    }

    /** Plays a scenario from now on, once or again and again, as it says. */
    public void play(ScenarioFile scenario) {
        gateway.call(() -> gateway.scenarios().play(scenario));
    }

    /** Injects and heals faults. */
    public Faults faults() {
        return faults;
    }

    /** The rules that clients broke, oldest first. */
    public List<Violation> violations() {
        return gateway.violations().list();
    }

    /** What happened and when. */
    public Journal journal() {
        return gateway.journal();
    }

    /** Which numbered event was written to which connections. */
    public Deliveries deliveries() {
        return gateway.deliveries();
    }

    /** Connections, sessions and identifies, as {@code GET /_sim/state} shows them. */
    public JsonNode state() {
        return gateway.call(() -> new StateView(gateway).json());
    }

    /** Sends this many numbered events to every session and returns the newest number. */
    public long emit(int count) {
        return gateway.call(() -> gateway.numbered().emit(count));
    }

    /** Sends any dispatch, e.g. a GUILD_DELETE, to the sessions that see its guild; returns to how many. */
    public int dispatch(String type, JsonNode data) {
        return gateway.call(() -> gateway.dispatches().send(type, data, null));
    }

    /** Lets somebody in the first guild use a slash command; gives the interaction's id. */
    public String interact(String command) {
        return interact(Json.object().put("command", command)).path("id").asText();
    }

    /**
     * Lets somebody use a slash command, as {@code POST /_sim/interactions} says it; gives the interaction as it is then.
     *
     * @throws IllegalArgumentException when the request is wrong; the message says what is expected
     */
    public JsonNode interact(JsonNode request) {
        return gateway.call(() -> gateway.interactions().begin(InteractionRequest.of(request)));
    }

    /** All interactions, oldest first, as {@code GET /_sim/interactions} shows them: who asked what, and what was answered. */
    public List<JsonNode> interactions() {
        return gateway.call(() -> gateway.interactions().views());
    }

    /** Asks every connected client for a heartbeat (op 1). */
    public void requestHeartbeats() {
        gateway.call(() -> {
            gateway.connections().forEach(connection -> connection.protocol().requestHeartbeat());
            return null;
        });
    }

    /** Resets all connections and frees the port. */
    @Override
    public void close() {
        if (group.isShuttingDown()) {
            return;
        }
        gateway.call(() -> {
            stateFile.save();
            gateway.listener().refuse();
            List.copyOf(gateway.connections()).forEach(GatewayConnection::reset);
            return null;
        });
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
        stateFile.release();
    }

    private void startClocks() {
        stateFile.saveRegularly();
        if (gateway.options().scenario() == SimulatorOptions.Scenario.GENTLE) {
            new GentleScenario(gateway.rules().seed()).start(gateway);
        }
        double perSecond = gateway.rules().eventsPerSecond();
        if (perSecond > 0) {
            long period = Math.max(1, Math.round(1_000_000 / perSecond));
            gateway.loop().scheduleAtFixedRate(() -> gateway.numbered().emit(1), period, period, TimeUnit.MICROSECONDS);
        }
    }
}
