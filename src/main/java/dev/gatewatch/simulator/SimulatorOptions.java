package dev.gatewatch.simulator;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What to simulate; immutable, each {@code with…} gives a changed copy.
 *
 * @param port the port to listen on, 0 for any free one
 * @param guilds how many guilds the bot is in
 * @param members how many members these guilds have together
 * @param heartbeatInterval what HELLO asks for
 * @param scenario which faults are played without being asked for
 * @param host the address to bind; loopback by default, {@code 0.0.0.0} in a container
 * @param dataDir where identifies spent and live sessions outlast a restart; memory only when null
 * @param tls whether REST and gateway are handed out as https and wss, with a self-signed certificate
 * @param tlsPort a second port, for clients that speak TLS only or ignore the port of an address; 0 for any free one, null
 *     for none
 * @param rules Discord's limits, changed to make tests short
 */
public record SimulatorOptions(
        int port,
        int guilds,
        int members,
        Duration heartbeatInterval,
        Scenario scenario,
        String host,
        @Nullable Path dataDir,
        boolean tls,
        @Nullable Integer tlsPort,
        Rules rules) {

    public SimulatorOptions(int port, int guilds, int members, Duration heartbeatInterval, Scenario scenario) {
        this(port, guilds, members, heartbeatInterval, scenario, "127.0.0.1", null, false, null, Rules.discord());
    }

    /** Port 8765, 5 guilds with 1250 members in all, Discord's 41.25 s heartbeat interval, no faults. */
    public static SimulatorOptions defaults() {
        return new SimulatorOptions(8765, 5, 1250, Duration.ofMillis(41_250), Scenario.CALM);
    }

    public SimulatorOptions withPort(int port) {
        return new SimulatorOptions(
                port, guilds, members, heartbeatInterval, scenario, host, dataDir, tls, tlsPort, rules);
    }

    public SimulatorOptions withGuilds(int guilds, int members) {
        return new SimulatorOptions(
                port, guilds, members, heartbeatInterval, scenario, host, dataDir, tls, tlsPort, rules);
    }

    public SimulatorOptions withHeartbeatInterval(Duration heartbeatInterval) {
        return new SimulatorOptions(
                port, guilds, members, heartbeatInterval, scenario, host, dataDir, tls, tlsPort, rules);
    }

    public SimulatorOptions withScenario(Scenario scenario) {
        return new SimulatorOptions(
                port, guilds, members, heartbeatInterval, scenario, host, dataDir, tls, tlsPort, rules);
    }

    public SimulatorOptions withHost(String host) {
        return new SimulatorOptions(
                port, guilds, members, heartbeatInterval, scenario, host, dataDir, tls, tlsPort, rules);
    }

    public SimulatorOptions withDataDir(@Nullable Path dataDir) {
        return new SimulatorOptions(
                port, guilds, members, heartbeatInterval, scenario, host, dataDir, tls, tlsPort, rules);
    }

    public SimulatorOptions withTls(boolean tls) {
        return new SimulatorOptions(
                port, guilds, members, heartbeatInterval, scenario, host, dataDir, tls, tlsPort, rules);
    }

    public SimulatorOptions withTlsPort(@Nullable Integer tlsPort) {
        return new SimulatorOptions(
                port, guilds, members, heartbeatInterval, scenario, host, dataDir, tls, tlsPort, rules);
    }

    public SimulatorOptions withRules(Rules rules) {
        return new SimulatorOptions(
                port, guilds, members, heartbeatInterval, scenario, host, dataDir, tls, tlsPort, rules);
    }

    /** Which faults the simulator plays by itself. */
    public enum Scenario {
        /** None. */
        CALM,
        /** A gentle one every 20 to 30 s, so that a newcomer sees healing happen. */
        GENTLE
    }
}
