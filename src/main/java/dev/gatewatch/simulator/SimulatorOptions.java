package dev.gatewatch.simulator;

import java.time.Duration;

/** What to simulate; immutable, each {@code with…} gives a changed copy. */
public record SimulatorOptions(int port, int guilds, int members, Duration heartbeatInterval, Scenario scenario) {

    /** Port 8765, 5 guilds with 1250 members in all, Discord's 41.25 s heartbeat interval, no faults. */
    public static SimulatorOptions defaults() {
        return new SimulatorOptions(8765, 5, 1250, Duration.ofMillis(41_250), Scenario.CALM);
    }

    public SimulatorOptions withPort(int port) {
        return new SimulatorOptions(port, guilds, members, heartbeatInterval, scenario);
    }

    public SimulatorOptions withScenario(Scenario scenario) {
        return new SimulatorOptions(port, guilds, members, heartbeatInterval, scenario);
    }

    /** Which faults the simulator plays by itself. */
    public enum Scenario {
        /** None. */
        CALM,
        /** A gentle one every 20 to 30 s, so that a newcomer sees healing happen. */
        GENTLE
    }
}
